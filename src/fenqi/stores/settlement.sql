-- name: add_item
insert into merchant_item (
    b, item_id, merchant_id, checkout_id, order_number, kind, amount_minor, currency, effective_on
)
values (
    %(b)s, %(item_id)s, %(merchant_id)s, %(checkout_id)s, %(order_number)s, %(kind)s, %(amount_minor)s, %(currency)s,
    %(effective_on)s
)

-- name: open_items
-- fan-out: a merchant's settlement gathers its items from every bucket
select b, item_id, merchant_id, checkout_id, order_number, kind, amount_minor, currency, effective_on, settlement_id
from merchant_item
where merchant_id = %(merchant_id)s and settlement_id is null and effective_on <= %(until_on)s
order by b, item_id

-- name: settle_items
update merchant_item
set settlement_id = %(settlement_id)s
where b = any(%(bs)s::smallint []) and item_id = any(%(item_ids)s::uuid []) and settlement_id is null

-- name: add
insert into settlement (
    b, settlement_id, merchant_id, until_on, currency, items_minor, carried_in_minor, paid_minor, carried_out_minor,
    item_count, payout_order_id, created_at
)
values (
    %(b)s, %(settlement_id)s, %(merchant_id)s, %(until_on)s, %(currency)s, %(items_minor)s, %(carried_in_minor)s,
    %(paid_minor)s, %(carried_out_minor)s, %(item_count)s, %(payout_order_id)s, %(created_at)s
)

-- name: find
select
    b, settlement_id, merchant_id, until_on, currency, items_minor, carried_in_minor, paid_minor, carried_out_minor,
    item_count, payout_order_id, created_at
from settlement
where b = %(b)s and settlement_id = %(settlement_id)s

-- name: latest
select
    b, settlement_id, merchant_id, until_on, currency, items_minor, carried_in_minor, paid_minor, carried_out_minor,
    item_count, payout_order_id, created_at
from settlement
where b = %(b)s and merchant_id = %(merchant_id)s
order by until_on desc
limit 1

-- name: of_merchant
select
    b, settlement_id, merchant_id, until_on, currency, items_minor, carried_in_minor, paid_minor, carried_out_minor,
    item_count, payout_order_id, created_at
from settlement
where b = %(b)s and merchant_id = %(merchant_id)s and until_on < %(before_on)s
order by until_on desc
limit %(limit)s

-- name: items_of
-- fan-out: the lines of one settlement, for the merchant
select b, item_id, merchant_id, checkout_id, order_number, kind, amount_minor, currency, effective_on, settlement_id
from merchant_item
where settlement_id = %(settlement_id)s and merchant_id = %(merchant_id)s
order by effective_on, item_id
