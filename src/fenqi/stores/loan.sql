-- name: add
insert into loan (
    b, loan_id, customer_id, agreement_id, checkout_b, checkout_id, merchant_id, lender_id, product_id, currency,
    principal_minor, terms, status, outstanding_minor, overpaid_minor, next_due_on, oldest_unpaid_due_on, drawn_on,
    booked, booked_on, subsidy, last_seq
)
values (
    %(b)s, %(loan_id)s, %(customer_id)s, %(agreement_id)s, %(checkout_b)s, %(checkout_id)s, %(merchant_id)s,
    %(lender_id)s, %(product_id)s, %(currency)s, %(principal_minor)s, %(terms)s, %(status)s, %(outstanding_minor)s,
    %(overpaid_minor)s, %(next_due_on)s, %(oldest_unpaid_due_on)s, %(drawn_on)s, %(booked)s, %(booked_on)s,
    %(subsidy)s, %(last_seq)s
)

-- name: find
select
    loan.b, loan.loan_id, loan.customer_id, loan.agreement_id, loan.checkout_b, loan.checkout_id, loan.merchant_id,
    loan.lender_id, loan.product_id, loan.currency, loan.principal_minor, loan.terms, loan.status,
    loan.outstanding_minor, loan.overpaid_minor, loan.next_due_on, loan.oldest_unpaid_due_on, loan.drawn_on,
    loan.booked, loan.booked_on, loan.subsidy, loan.last_seq, fallen.fallen_on, fallen.fallen_interest_minor,
    fallen.fallen_fee_minor
from loan
cross join lateral (
    select
        max(i.due_on) as fallen_on,
        coalesce(sum(i.falls_interest_minor), 0)::bigint as fallen_interest_minor,
        coalesce(sum(i.falls_fee_minor), 0)::bigint as fallen_fee_minor
    from day_head
    cross join instalment as i
    where
        day_head.b = %(b)s
        and i.b = %(b)s
        and i.loan_id = loan.loan_id
        and i.is_foretold
        and i.due_on > loan.booked_on
        and i.due_on <= day_head.earned_on
) as fallen
where loan.b = %(b)s and loan.loan_id = %(loan_id)s

-- name: hold_day
select b from day_head where b = %(b)s for share

-- name: hold
select b from loan where b = %(b)s and loan_id = %(loan_id)s for update

-- name: of_customer
select
    loan.b, loan.loan_id, loan.customer_id, loan.agreement_id, loan.checkout_b, loan.checkout_id, loan.merchant_id,
    loan.lender_id, loan.product_id, loan.currency, loan.principal_minor, loan.terms, loan.status,
    loan.outstanding_minor, loan.overpaid_minor, loan.next_due_on, loan.oldest_unpaid_due_on, loan.drawn_on,
    loan.booked, loan.booked_on, loan.subsidy, loan.last_seq, fallen.fallen_on, fallen.fallen_interest_minor,
    fallen.fallen_fee_minor
from loan
cross join lateral (
    select
        max(i.due_on) as fallen_on,
        coalesce(sum(i.falls_interest_minor), 0)::bigint as fallen_interest_minor,
        coalesce(sum(i.falls_fee_minor), 0)::bigint as fallen_fee_minor
    from day_head
    cross join instalment as i
    where
        day_head.b = %(b)s
        and i.b = %(b)s
        and i.loan_id = loan.loan_id
        and i.is_foretold
        and i.due_on > loan.booked_on
        and i.due_on <= day_head.earned_on
) as fallen
where loan.b = %(b)s and loan.customer_id = %(customer_id)s
order by loan.drawn_on desc, loan.loan_id desc

-- name: in_lane
select
    loan.b, loan.loan_id, loan.customer_id, loan.agreement_id, loan.checkout_b, loan.checkout_id, loan.merchant_id,
    loan.lender_id, loan.product_id, loan.currency, loan.principal_minor, loan.terms, loan.status,
    loan.outstanding_minor, loan.overpaid_minor, loan.next_due_on, loan.oldest_unpaid_due_on, loan.drawn_on,
    loan.booked, loan.booked_on, loan.subsidy, loan.last_seq, fallen.fallen_on, fallen.fallen_interest_minor,
    fallen.fallen_fee_minor
from loan
cross join lateral (
    select
        max(i.due_on) as fallen_on,
        coalesce(sum(i.falls_interest_minor), 0)::bigint as fallen_interest_minor,
        coalesce(sum(i.falls_fee_minor), 0)::bigint as fallen_fee_minor
    from day_head
    inner join instalment as i on day_head.b = i.b
    where
        day_head.b = any(%(lane)s::smallint [])
        and i.b = any(%(lane)s::smallint [])
        and i.b = loan.b
        and i.loan_id = loan.loan_id
        and i.is_foretold
        and i.due_on > loan.booked_on
        and i.due_on <= day_head.earned_on
) as fallen
where loan.b = any(%(lane)s::smallint [])
order by loan.b, loan.loan_id

-- name: save
update loan
set
    status = %(status)s, outstanding_minor = %(outstanding_minor)s, overpaid_minor = %(overpaid_minor)s,
    next_due_on = %(next_due_on)s, oldest_unpaid_due_on = %(oldest_unpaid_due_on)s, booked = %(booked)s,
    booked_on = %(booked_on)s, subsidy = %(subsidy)s, last_seq = %(last_seq)s, is_steady = %(is_steady)s,
    late_rate_per_day = %(late_rate_per_day)s, truncates = %(truncates)s
where b = %(b)s and loan_id = %(loan_id)s

-- name: add_event
insert into loan_event (b, loan_id, seq, event_id, kind, happened_on, content, recorded_at)
values (
    %(b)s, %(loan_id)s, %(seq)s, %(event_id)s, %(kind)s, %(happened_on)s, %(content)s, %(recorded_at)s
)

-- name: events
select b, loan_id, seq, event_id, kind, happened_on, content, recorded_at
from loan_event
where b = %(b)s and loan_id = %(loan_id)s
order by seq

-- name: clear_instalments
delete from instalment where b = %(b)s and loan_id = %(loan_id)s

-- name: add_instalment
insert into instalment (
    b, loan_id, instalment, due_on, principal_minor, interest_minor, fee_minor, penalty_minor, paid_minor, settled_on,
    interest_early_minor, fee_early_minor, penalty_early_minor, principal_unpaid_minor, late_weight, late_from_on,
    currency, is_foretold
)
values (
    %(b)s, %(loan_id)s, %(instalment)s, %(due_on)s, %(principal_minor)s, %(interest_minor)s, %(fee_minor)s,
    %(penalty_minor)s, %(paid_minor)s, %(settled_on)s, %(interest_early_minor)s, %(fee_early_minor)s,
    %(penalty_early_minor)s, %(principal_unpaid_minor)s, %(late_weight)s, %(late_from_on)s, %(currency)s,
    %(is_foretold)s
    -- A day that the bucket has earned already foretells nothing more.
    and not exists (select from day_head where day_head.b = %(b)s and day_head.earned_on >= %(due_on)s)
)

-- name: instalments
select
    b, loan_id, instalment, due_on, principal_minor, interest_minor, fee_minor, penalty_minor, paid_minor, settled_on,
    interest_early_minor, fee_early_minor, penalty_early_minor, principal_unpaid_minor, late_weight, late_from_on,
    currency, is_foretold
from instalment
where b = %(b)s and loan_id = %(loan_id)s
order by instalment

-- name: closed_until
select b, max(closed_on) as closed_on
from day_close
where b = any(%(lane)s::smallint [])
group by b

-- name: first_drawn
select b, min(drawn_on) as drawn_on
from loan
where b = any(%(lane)s::smallint [])
group by b

-- name: count_up_to
select count(*) as loan_count
from (select from loan where b = any(%(lane)s::smallint []) limit %(most)s) as found

-- name: close_day
with earned as (
    update day_head
    set earned_on = %(day)s::date
    where
        day_head.b = any(%(lane)s::smallint [])
        and (day_head.earned_on is null or day_head.earned_on < %(day)s::date)
)

insert into day_close (b, closed_on, loan_count, closed_at)
select u.b, %(day)s::date, u.loan_count, %(closed_at)s
from unnest(%(lane)s::smallint [], %(loan_counts)s::integer []) as u (b, loan_count)
on conflict (b, closed_on) do nothing

-- name: suspected
select count(*) as loan_count
from loan
where
    loan.b = %(b)s
    and loan.customer_id = %(customer_id)s
    and (
        select
            count(*) filter (where event.kind = 'fraud_flagged')
            > count(*) filter (where event.kind = 'fraud_cleared')
        from loan_event as event
        where event.b = %(b)s and event.loan_id = loan.loan_id
    )

-- name: late_customers_count
select count(distinct customer_id) as customer_count
from loan
where b = any(%(lane)s::smallint []) and customer_id = any(%(customers)s::uuid []) and unpaid_due_on < %(due_before)s
