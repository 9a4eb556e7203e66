-- It comes back wider in the next statement.
-- squawk-ignore ban-drop-constraint
alter table merchant_item drop constraint merchant_item_kind_known;
alter table merchant_item add constraint merchant_item_kind_known check (
    kind in (
        'captured', 'discount', 'refunded', 'discount_returned', 'subsidy', 'subsidy_returned', 'dispute_held',
        'dispute_released'
    )
) not valid;
