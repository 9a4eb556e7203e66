-- name: add
insert into order_freeze (
    b, freeze_id, customer_id, decision_id, checkout_b, checkout_id, amount_minor, goes_on_as, pivot_key, pivot_value,
    people_needed, frozen_by, why, frozen_at
)
values (
    %(b)s, %(freeze_id)s, %(customer_id)s, %(decision_id)s, %(checkout_b)s, %(checkout_id)s, %(amount_minor)s,
    %(goes_on_as)s, %(pivot_key)s, %(pivot_value)s, %(people_needed)s, %(frozen_by)s, %(why)s, %(frozen_at)s
)

-- name: of_decision
select
    b, freeze_id, customer_id, decision_id, checkout_b, checkout_id, amount_minor, goes_on_as, pivot_key, pivot_value,
    people_needed, frozen_by, why, frozen_at
from order_freeze
where b = %(b)s and decision_id = %(decision_id)s
order by frozen_at desc, freeze_id desc
limit 1

-- name: of_customer
select
    b, freeze_id, customer_id, decision_id, checkout_b, checkout_id, amount_minor, goes_on_as, pivot_key, pivot_value,
    people_needed, frozen_by, why, frozen_at
from order_freeze
where b = %(b)s and customer_id = %(customer_id)s
order by frozen_at desc, freeze_id desc
limit %(limit)s

-- name: add_answer
insert into freeze_answer (b, freeze_id, login, verdict, reason, answered_at)
values (%(b)s, %(freeze_id)s, %(login)s, %(verdict)s, %(reason)s, %(answered_at)s)
on conflict do nothing

-- name: answers
select b, freeze_id, login, verdict, reason, answered_at
from freeze_answer
where b = %(b)s and freeze_id = %(freeze_id)s
order by answered_at, login

-- name: orders_of
select decision.b, decision.decision_id, decision.customer_id, decision.checkout_b, decision.checkout_id,
    decision.outcome, decision.decided_at
from decision
where
    decision.b = any(%(lane)s::smallint [])
    and decision.customer_id = any(%(customers)s::uuid [])
    and decision.decided_at >= %(since)s
order by decision.decided_at desc, decision.decision_id
limit %(limit)s
