-- name: add
insert into joint_payment (b, order_id, customer_id, rule, loan_ids, mandate_id, due_on, attempt)
values (
    %(b)s, %(order_id)s, %(customer_id)s, %(rule)s, %(loan_ids)s, %(mandate_id)s, %(due_on)s, %(attempt)s
)

-- name: find
select b, order_id, customer_id, rule, loan_ids, mandate_id, due_on, attempt
from joint_payment
where b = %(b)s and order_id = %(order_id)s

-- name: debits
select b, order_id, customer_id, rule, loan_ids, mandate_id, due_on, attempt
from joint_payment
where b = %(b)s and customer_id = %(customer_id)s and due_on = %(due_on)s
order by attempt

-- name: add_part
insert into payment_part (b, payment_id, place, loan_id, amount_minor)
values (%(b)s, %(payment_id)s, %(place)s, %(loan_id)s, %(amount_minor)s)

-- name: parts
select b, payment_id, place, loan_id, amount_minor
from payment_part
where b = %(b)s and payment_id = %(payment_id)s
order by place

-- name: orders_of_customer
select
    b, order_id, kind, purpose, customer_id, loan_id, merchant_id, settlement_id, amount_minor, currency, account_token,
    state, channel_reference, channel, is_stand_in, requested_at, requested_on, concluded_at, settled_on, transfer_id
from payment_order
where b = %(b)s and customer_id = %(customer_id)s
order by requested_at, order_id

-- name: debtors
-- fan-out: whom to debit, by lane
select distinct loan.b, loan.customer_id
from loan
inner join instalment on loan.b = instalment.b and loan.loan_id = instalment.loan_id
inner join mandate on loan.b = mandate.b and loan.customer_id = mandate.customer_id
where
    loan.b = any(%(lane)s::smallint [])
    and instalment.due_on <= %(day)s
    and instalment.settled_on is null
    and not exists (
        select from mandate_end where mandate_end.b = mandate.b and mandate_end.mandate_id = mandate.mandate_id
    )
order by loan.b, loan.customer_id

-- name: overpaid
select
    b, loan_id, customer_id, agreement_id, checkout_b, checkout_id, merchant_id, lender_id, product_id, currency,
    principal_minor, terms, status, outstanding_minor, overpaid_minor, next_due_on, oldest_unpaid_due_on, drawn_on,
    booked, booked_on, subsidy, last_seq
from loan
where b = any(%(lane)s::smallint []) and overpaid_minor > 0
order by b, loan_id
