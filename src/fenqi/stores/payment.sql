-- name: add
insert into payment_order (
    b, order_id, kind, purpose, customer_id, loan_id, merchant_id, settlement_id, amount_minor, currency, account_token, state,
    channel, is_stand_in, requested_at, requested_on, transfer_id
)
values (
    %(b)s, %(order_id)s, %(kind)s, %(purpose)s, %(customer_id)s, %(loan_id)s, %(merchant_id)s, %(settlement_id)s, %(amount_minor)s,
    %(currency)s, %(account_token)s, 'requested', %(channel)s, %(is_stand_in)s, %(requested_at)s, %(requested_on)s, %(transfer_id)s
)
on conflict (b, order_id) do nothing

-- name: find
select
    b, order_id, kind, purpose, customer_id, loan_id, merchant_id, settlement_id, amount_minor, currency, account_token, state,
    channel_reference, channel, is_stand_in, requested_at, requested_on, concluded_at, settled_on, transfer_id
from payment_order
where b = %(b)s and order_id = %(order_id)s

-- name: lock
select
    b, order_id, kind, purpose, customer_id, loan_id, merchant_id, settlement_id, amount_minor, currency, account_token, state,
    channel_reference, channel, is_stand_in, requested_at, requested_on, concluded_at, settled_on, transfer_id
from payment_order
where b = %(b)s and order_id = %(order_id)s
for update

-- name: conclude
update payment_order
set state = %(state)s, channel_reference = %(channel_reference)s, concluded_at = %(concluded_at)s,
    settled_on = %(settled_on)s
where b = %(b)s and order_id = %(order_id)s

-- name: unresolved
select
    b, order_id, kind, purpose, customer_id, loan_id, merchant_id, settlement_id, amount_minor, currency, account_token, state,
    channel_reference, channel, is_stand_in, requested_at, requested_on, concluded_at, settled_on, transfer_id
from payment_order
where
    b = any(%(lane)s::smallint [])
    and state in ('requested', 'unknown')
    and requested_at <= %(asked_before)s
order by requested_at desc, b, order_id
limit %(limit)s

-- name: of_loan
select
    b, order_id, kind, purpose, customer_id, loan_id, merchant_id, settlement_id, amount_minor, currency, account_token, state,
    channel_reference, channel, is_stand_in, requested_at, requested_on, concluded_at, settled_on, transfer_id
from payment_order
where b = %(b)s and loan_id = %(loan_id)s
order by requested_at, order_id

-- name: of_settlement
select
    b, order_id, kind, purpose, customer_id, loan_id, merchant_id, settlement_id, amount_minor, currency, account_token, state,
    channel_reference, channel, is_stand_in, requested_at, requested_on, concluded_at, settled_on, transfer_id
from payment_order
where b = %(b)s and settlement_id = %(settlement_id)s
order by requested_at, order_id

-- name: of_day
-- fan-out: what was asked of the channel on a day, to hold its file against
select
    b, order_id, kind, purpose, customer_id, loan_id, merchant_id, settlement_id, amount_minor, currency, account_token, state,
    channel_reference, channel, is_stand_in, requested_at, requested_on, concluded_at, settled_on, transfer_id
from payment_order
where requested_on = %(day)s or settled_on = %(day)s
order by b, order_id

-- name: add_word
insert into payment_word (b, word_id, order_id, how, notice_id, outcome, content, received_at)
values (%(b)s, %(word_id)s, %(order_id)s, %(how)s, %(notice_id)s, %(outcome)s, %(content)s, %(received_at)s)
on conflict do nothing

-- name: words
select b, word_id, order_id, how, notice_id, outcome, content, received_at
from payment_word
where b = %(b)s and order_id = %(order_id)s
order by received_at, word_id

-- name: words_of
select b, word_id, order_id, how, notice_id, outcome, content, received_at
from payment_word
where b = any(%(bs)s::smallint []) and order_id = any(%(order_ids)s::uuid [])
order by b, order_id, received_at, word_id
