alter table limit_special add column goods_category text;
-- It comes back wider in the next statement.
-- squawk-ignore ban-drop-constraint
alter table limit_special drop constraint limit_special_merchant_of_dedicated;
alter table limit_special add constraint limit_special_place_of_dedicated check (
    (merchant_id is null or goods_category is null)
    and (merchant_id is not null or goods_category is not null) = (kind = 'dedicated')
) not valid;
