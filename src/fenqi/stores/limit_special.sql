-- name: add
insert into limit_special (
    b, special_id, customer_id, kind, merchant_id, goods_category, amount_minor, currency, until_on, reason, state, proposed_by,
    proposed_at
)
values (
    %(b)s, %(special_id)s, %(customer_id)s, %(kind)s, %(merchant_id)s, %(goods_category)s, %(amount_minor)s, %(currency)s,
    %(until_on)s, %(reason)s, %(state)s, %(proposed_by)s, %(proposed_at)s
)

-- name: lock
select
    b, special_id, customer_id, kind, merchant_id, goods_category, amount_minor, currency, until_on, reason, state, proposed_by,
    proposed_at, decided_by, decided_at, decided_why, from_on
from limit_special
where b = %(b)s and special_id = %(special_id)s
for update

-- name: decide
update limit_special
set
    state = %(state)s, decided_by = %(decided_by)s, decided_at = %(decided_at)s, decided_why = %(decided_why)s,
    from_on = %(from_on)s
where b = %(b)s and special_id = %(special_id)s

-- name: over
update limit_special set state = 'over' where b = %(b)s and special_id = %(special_id)s

-- name: of_customer
select
    b, special_id, customer_id, kind, merchant_id, goods_category, amount_minor, currency, until_on, reason, state, proposed_by,
    proposed_at, decided_by, decided_at, decided_why, from_on
from limit_special
where b = %(b)s and customer_id = %(customer_id)s
order by proposed_at desc, special_id desc

-- name: ended
select
    b, special_id, customer_id, kind, merchant_id, goods_category, amount_minor, currency, until_on, reason, state, proposed_by,
    proposed_at, decided_by, decided_at, decided_why, from_on
from limit_special
where b = any(%(lane)s::smallint []) and state = 'approved' and until_on <= %(on)s
order by b, until_on, special_id
for update skip locked

-- name: used_at
select
    loan.merchant_id, coalesce(agreement.terms ->> 'goods_category', 'other') as goods_category,
    sum(loan.outstanding_minor)::bigint as used_minor
from loan
inner join agreement on agreement.b = loan.b and agreement.agreement_id = loan.agreement_id
where loan.b = %(b)s and loan.customer_id = %(customer_id)s and loan.outstanding_minor > 0
group by 1, 2
order by 1, 2

-- name: held_at
select
    agreement.checkout_b, agreement.checkout_id, coalesce(agreement.terms ->> 'goods_category', 'other') as goods_category,
    hold.amount_minor as held_minor
from hold
inner join agreement on hold.b = agreement.b and hold.reference = agreement.checkout_id
where
    hold.b = %(b)s and hold.debit_id = %(line_id)s
    and not exists (select from hold_end where hold_end.b = %(b)s and hold_end.hold_id = hold.hold_id)
order by hold.hold_id

-- name: specials
-- fan-out: the console's list of temporary and dedicated limits
select
    special_id, customer_id, kind, merchant_id, goods_category, amount_minor, currency, until_on, reason, state, proposed_by,
    proposed_at, decided_by, decided_at, decided_why, from_on
from limit_special
where
    (%(state)s::text is null or state = %(state)s)
    and (%(kind)s::text is null or kind = %(kind)s)
    and (%(customer_id)s::uuid is null or customer_id = %(customer_id)s)
