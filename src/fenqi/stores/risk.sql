-- name: to_book
select day_close.b, day_close.closed_on as month_on
from day_close
left join risk_month
    on
        risk_month.b = any(%(lane)s::smallint [])
        and day_close.b = risk_month.b
        and day_close.closed_on = risk_month.month_on
where
    day_close.b = any(%(lane)s::smallint [])
    and day_close.closed_on = any(%(months)s::date [])
    and risk_month.b is null
order by day_close.closed_on, day_close.b

-- name: exposures
select
    loan_month.b, loan_month.loan_id, loan.customer_id, loan_month.currency, loan_month.days_past_due,
    loan_month.owed_minor as principal_minor, coalesce(earned.unpaid_minor, 0)::bigint as receivable_minor,
    coalesce(changed.days, '{}')::date [] as restructured_on, coalesce(met.periods, 0)::integer as periods_met
from loan_month
inner join loan
    on loan.b = any(%(lane)s::smallint []) and loan_month.b = loan.b and loan_month.loan_id = loan.loan_id
left join lateral (
    select array_agg(distinct event.happened_on order by event.happened_on) as days
    from loan_event as event
    where
        event.b = any(%(lane)s::smallint []) and event.b = loan_month.b
        and event.loan_id = loan_month.loan_id
        and event.happened_on <= %(month_on)s
        and (
            event.kind = any(%(concessions)s::text [])
            or event.kind = 'due_date_moved'
            and (event.content ->> 'new_due_on')::date - (event.content ->> 'due_on')::date >= %(period_days)s
        )
        and not exists (
            select
            from loan_event as undone
            where
                undone.b = any(%(lane)s::smallint []) and undone.b = loan_month.b
                and undone.loan_id = event.loan_id
                and undone.kind = 'reversed'
                and undone.happened_on <= %(month_on)s
                and undone.content ->> 'reverses' = event.content ->> 'event_id'
        )
) as changed on true
left join lateral (
    select count(*) as periods
    from instalment
    where
        changed.days is not null
        and instalment.b = any(%(lane)s::smallint []) and instalment.b = loan_month.b
        and instalment.loan_id = loan_month.loan_id
        and instalment.due_on > changed.days[cardinality(changed.days)]
        and instalment.due_on <= %(month_on)s
        and instalment.settled_on <= %(month_on)s
) as met on true
left join lateral (
    select
        sum(
            coalesce(
                (
                    select sum(leg.amount_minor)
                    from leg
                    where leg.b = any(%(lane)s::smallint []) and leg.b = account.b and leg.debit_id = account.account_id and leg.effective_on <= %(month_on)s
                ),
                0
            ) - coalesce(
                (
                    select sum(leg.amount_minor)
                    from leg
                    where leg.b = any(%(lane)s::smallint []) and leg.b = account.b and leg.credit_id = account.account_id and leg.effective_on <= %(month_on)s
                ),
                0
            )
        ) as unpaid_minor
    from account
    inner join account_kind on account.kind = account_kind.kind
    where
        loan_month.days_past_due >= %(non_accrual_days)s
        and account.b = any(%(lane)s::smallint [])
        and account.b = loan_month.b
        and account.owner = loan_month.loan_id
        and account_kind.name = any(%(receivables)s::text [])
) as earned on true
where
    loan_month.b = any(%(lane)s::smallint [])
    and loan_month.month_on = %(month_on)s and loan_month.status = 'active'
order by loan_month.b, loan.customer_id, loan_month.loan_id

-- name: add
insert into loan_risk (
    b, loan_id, month_on, currency, category, stage, why, is_accruing, principal_minor, provision_minor,
    suspended_minor
)
select
    graded.b, graded.loan_id, %(month_on)s::date, graded.currency, graded.category, graded.stage, graded.why,
    graded.is_accruing, graded.principal_minor, graded.provision_minor, graded.suspended_minor
from unnest(
    %(b)s::smallint [], %(loan_id)s::uuid [], %(currency)s::text [], %(category)s::text [], %(stage)s::smallint [], %(why)s::text [],
    %(is_accruing)s::boolean [], %(principal_minor)s::bigint [], %(provision_minor)s::bigint [],
    %(suspended_minor)s::bigint []
) as graded (
    b, loan_id, currency, category, stage, why, is_accruing, principal_minor, provision_minor, suspended_minor
)

-- name: close
insert into risk_month (b, month_on, loan_count, booked_at)
select
    graded.b, %(month_on)s::date, graded.loan_count, %(booked_at)s::timestamptz
from unnest(%(b)s::smallint [], %(loan_count)s::integer []) as graded (b, loan_count)

-- name: asked
select
    last.b as bucket, loan_risk.currency, loan_risk.stage, sum(loan_risk.provision_minor)::bigint as provision_minor,
    sum(loan_risk.suspended_minor)::bigint as suspended_minor
from (
    select b, max(month_on) as month_on
    from risk_month
    where b = any(%(lane)s::smallint [])
    group by b
) as last
inner join loan_risk
    on loan_risk.b = any(%(lane)s::smallint []) and last.b = loan_risk.b and last.month_on = loan_risk.month_on
group by last.b, loan_risk.currency, loan_risk.stage

-- name: set_aside
select account.b as bucket, ledger.currency, account_kind.name as kind, account.credits_posted - account.debits_posted as minor
from account
inner join account_kind on account.kind = account_kind.kind
inner join ledger on account.ledger = ledger.ledger
where account.b = any(%(lane)s::smallint []) and account_kind.name = any(%(kinds)s::text [])

-- name: of_loan
select month_on, category, stage, why, is_accruing, principal_minor, provision_minor, suspended_minor
from loan_risk
where b = %(b)s and loan_id = %(loan_id)s and month_on <= %(on)s
order by month_on desc
limit 1

-- name: months
-- fan-out: the portfolio at the ends of months, as it was graded
select
    month_on, category, stage, why, is_accruing, count(*)::integer as loan_count,
    sum(principal_minor)::bigint as owed_minor, sum(provision_minor)::bigint as provision_minor,
    sum(suspended_minor)::bigint as suspended_minor
from loan_risk
where month_on > %(after_on)s and currency = %(currency)s
group by month_on, category, stage, why, is_accruing
order by month_on, stage, category, why
