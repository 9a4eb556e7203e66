-- name: add
insert into checkout (
    b, checkout_id, merchant_id, lender_id, order_number, amount_minor, currency, goods, return_url, state,
    authorised_minor, captured_minor, refunded_minor, created_at, expires_at, ship_address, ship_contact, ship_region
)
values (
    %(b)s, %(checkout_id)s, %(merchant_id)s, %(lender_id)s, %(order_number)s, %(amount_minor)s, %(currency)s,
    %(goods)s, %(return_url)s, %(state)s, 0, 0, 0, %(created_at)s, %(expires_at)s,
    %(ship_address)s, %(ship_contact)s, %(ship_region)s
)

-- name: find
select
    b, checkout_id, merchant_id, lender_id, order_number, amount_minor, currency, goods, return_url, state,
    customer_b, customer_id, decision_id, agreement_id, loan_id, hold_id, authorised_minor, captured_minor,
    refunded_minor, created_at, expires_at, ship_address, ship_contact, ship_region
from checkout
where b = %(b)s and checkout_id = %(checkout_id)s

-- name: lock
select
    b, checkout_id, merchant_id, lender_id, order_number, amount_minor, currency, goods, return_url, state,
    customer_b, customer_id, decision_id, agreement_id, loan_id, hold_id, authorised_minor, captured_minor,
    refunded_minor, created_at, expires_at, ship_address, ship_contact, ship_region
from checkout
where b = %(b)s and checkout_id = %(checkout_id)s
for update

-- name: save
update checkout
set
    state = %(state)s, customer_b = %(customer_b)s, customer_id = %(customer_id)s, decision_id = %(decision_id)s,
    agreement_id = %(agreement_id)s, loan_id = %(loan_id)s, hold_id = %(hold_id)s,
    authorised_minor = %(authorised_minor)s, captured_minor = %(captured_minor)s, refunded_minor = %(refunded_minor)s,
    expires_at = %(expires_at)s
where b = %(b)s and checkout_id = %(checkout_id)s

-- name: expired
select
    b, checkout_id, merchant_id, lender_id, order_number, amount_minor, currency, goods, return_url, state,
    customer_b, customer_id, decision_id, agreement_id, loan_id, hold_id, authorised_minor, captured_minor,
    refunded_minor, created_at, expires_at, ship_address, ship_contact, ship_region
from checkout
where b = any(%(lane)s::smallint []) and state = any(%(open_states)s::text []) and expires_at <= %(at)s
order by b, expires_at, checkout_id
limit %(limit)s

-- name: of_merchant
-- fan-out: a merchant's list, by key
select
    b, checkout_id, merchant_id, lender_id, order_number, amount_minor, currency, goods, return_url, state,
    customer_b, customer_id, decision_id, agreement_id, loan_id, hold_id, authorised_minor, captured_minor,
    refunded_minor, created_at, expires_at, ship_address, ship_contact, ship_region
from checkout
where
    merchant_id = %(merchant_id)s
    and (%(state)s::text is null or state = %(state)s)
    and (created_at, checkout_id) < (%(before_at)s, %(before_id)s)
order by created_at desc, checkout_id desc
limit %(limit)s

-- name: add_refund
insert into refund (
    b, refund_id, checkout_b, checkout_id, merchant_id, loan_id, amount_minor, currency, reason, refunded_at
)
values (
    %(b)s, %(refund_id)s, %(checkout_b)s, %(checkout_id)s, %(merchant_id)s, %(loan_id)s, %(amount_minor)s,
    %(currency)s, %(reason)s, %(refunded_at)s
)

-- name: refunds
select b, refund_id, checkout_b, checkout_id, merchant_id, loan_id, amount_minor, currency, reason, refunded_at
from refund
where b = %(b)s and checkout_id = %(checkout_id)s
order by refunded_at, refund_id

-- name: begin_key
insert into idempotency (b, merchant_id, endpoint, key, payload_hash, created_at)
values (%(b)s, %(merchant_id)s, %(endpoint)s, %(key)s, %(payload_hash)s, %(created_at)s)
on conflict do nothing

-- name: known_key
select b, merchant_id, endpoint, key, payload_hash, status, response, created_at
from idempotency
where b = %(b)s and merchant_id = %(merchant_id)s and endpoint = %(endpoint)s and key = %(key)s

-- name: finish_key
update idempotency
set status = %(status)s, response = %(response)s
where b = %(b)s and merchant_id = %(merchant_id)s and endpoint = %(endpoint)s and key = %(key)s
