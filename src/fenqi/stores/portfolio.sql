-- name: unpaid_days
select distinct unpaid_due_on as due_on
from loan
where b = any(%(lane)s::smallint []) and unpaid_due_on <= %(day)s::date

-- name: add_month
insert into loan_month (
    b, loan_id, month_on, cohort_on, currency, status, days_past_due, principal_minor, owed_minor, overdue_minor
)
select
    loan.b,
    loan.loan_id,
    %(day)s::date,
    date_trunc('month', loan.drawn_on::timestamp)::date,
    loan.currency,
    loan.status,
    coalesce(greatest(%(day)s::date - late.since_on, 0), 0),
    loan.principal_minor,
    plan.owed_minor,
    plan.overdue_minor
from loan
-- The last day on which the oldest unpaid instalment could be paid in time, and the day before which a due day is late.
left join unnest(%(due_on)s::date [], %(payable_until)s::date []) as roll (due_on, payable_until)
    on loan.unpaid_due_on = roll.due_on and (loan.terms #>> '{policy,rolls_holidays}')::boolean
cross join lateral (
    select
        coalesce(roll.payable_until, loan.unpaid_due_on) as since_on,
        case when roll.due_on is null then %(day)s::date else %(late_before)s::date end as late_before
) as late
cross join lateral (
    select
        coalesce(sum(due.principal_unpaid_minor), 0)::bigint as owed_minor,
        coalesce(
            sum(
                due.principal_minor + due.interest_minor + due.fee_minor + due.penalty_minor - due.paid_minor
            ) filter (where due.due_on < late.late_before),
            0
        )::bigint as overdue_minor
    from instalment as due
    where due.b = any(%(lane)s::smallint []) and due.b = loan.b and due.loan_id = loan.loan_id
) as plan
where
    loan.b = any(%(lane)s::smallint [])
    and loan.drawn_on <= %(day)s::date
    and not exists (
        select
        from loan_month as before
        where
            before.b = any(%(lane)s::smallint [])
            and before.b = loan.b
            and before.loan_id = loan.loan_id
            and before.status = 'closed'
    )
on conflict do nothing

-- name: months
-- fan-out: the portfolio at the ends of months
select
    month_on, width_bucket(days_past_due, %(edges)s::integer []) as bucket, count(*)::integer as loan_count,
    sum(owed_minor)::bigint as owed_minor, sum(overdue_minor)::bigint as overdue_minor
from loan_month
where month_on > %(after_on)s and currency = %(currency)s and status <> 'closed'
group by month_on, bucket
order by month_on, bucket

-- name: rolls
-- fan-out: from where to where loans went in a month
select
    now.month_on,
    width_bucket(before.days_past_due, %(edges)s::integer []) as from_bucket,
    case
        when now.status = 'closed' then -1
        else width_bucket(now.days_past_due, %(edges)s::integer [])
    end as to_bucket,
    count(*)::integer as loan_count,
    sum(before.owed_minor)::bigint as owed_minor
from loan_month as now
inner join loan_month as before
    on
        now.b = before.b
        and now.loan_id = before.loan_id
        and before.month_on = (date_trunc('month', now.month_on::timestamp) - interval '1 day')::date
where now.month_on > %(after_on)s and now.currency = %(currency)s and before.status <> 'closed'
group by now.month_on, from_bucket, to_bucket
order by now.month_on, from_bucket, to_bucket

-- name: vintages
-- fan-out: how many loans of a month were ever so late, by month since
select first.cohort_on, first.month_on, count(*)::integer as loan_count, sum(first.principal_minor)::bigint as principal_minor
from (
    select b, loan_id, cohort_on, principal_minor, min(month_on) as month_on
    from loan_month
    where currency = %(currency)s and days_past_due >= %(days)s and cohort_on >= %(from_on)s
    group by b, loan_id, cohort_on, principal_minor
) as first
group by first.cohort_on, first.month_on
order by first.cohort_on, first.month_on

-- name: cohorts
-- fan-out: the loans of each month
select
    date_trunc('month', drawn_on::timestamp)::date as cohort_on, count(*)::integer as loan_count,
    sum(principal_minor)::bigint as principal_minor
from loan
where currency = %(currency)s and drawn_on >= %(from_on)s
group by cohort_on
order by cohort_on
