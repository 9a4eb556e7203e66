-- name: step
with due as materialized (
    select i.b, i.loan_id
    from instalment as i
    where i.b = any(%(lane)s::smallint []) and i.due_on = %(day)s::date
    union
    select l.b, l.loan_id
    from loan as l
    where %(month_end)s::boolean and l.b = any(%(lane)s::smallint []) and l.oldest_unpaid_due_on < %(day)s::date
),

touched as materialized (
    select l.b, l.loan_id, l.booked_on, l.late_rate_per_day, l.truncates
    from loan as l
    inner join due on l.b = due.b and l.loan_id = due.loan_id
    where l.b = any(%(lane)s::smallint []) and l.is_steady and l.booked_on < %(day)s::date
    order by l.b, l.loan_id
    for update of l
),

late as materialized (
    select
        i.b,
        i.loan_id,
        i.instalment,
        i.due_on,
        i.due_on > t.booked_on and i.due_on <= %(day)s::date as falls,
        t.late_rate_per_day > 0 and i.late_from_on < %(day)s::date and i.due_on < %(day)s::date
        and (i.principal_unpaid_minor > 0 or i.late_weight > 0) as grows,
        i.late_weight + i.principal_unpaid_minor * greatest(%(day)s::date - i.late_from_on, 0) as late_weight,
        i.late_weight * t.late_rate_per_day as charged,
        (i.late_weight + i.principal_unpaid_minor * greatest(%(day)s::date - i.late_from_on, 0))
        * t.late_rate_per_day as to_charge,
        t.truncates,
        i.interest_minor - i.interest_earned_minor as interest_minor,
        i.fee_minor - i.fee_earned_minor as fee_minor,
        i.penalty_minor - i.penalty_earned_minor as penalty_minor,
        i.principal_minor + i.interest_minor + i.fee_minor + i.penalty_minor > i.paid_minor as is_open
    from touched as t
    inner join instalment as i on i.b = any(%(lane)s::smallint []) and t.b = i.b and t.loan_id = i.loan_id
),

line as materialized (
    select
        late.b,
        late.loan_id,
        late.instalment,
        late.due_on,
        late.falls,
        late.grows,
        late.late_weight,
        late.interest_minor,
        late.fee_minor,
        late.penalty_minor,
        late.is_open,
        case
            when not late.grows then 0
            when late.truncates then trunc(late.to_charge) - trunc(late.charged)
            else round(late.to_charge) - round(late.charged)
        end::bigint as late_minor
    from late
),

settled as (
    update instalment as i
    set
        interest_earned_minor = i.interest_minor,
        fee_earned_minor = i.fee_minor,
        penalty_minor = i.penalty_minor + line.late_minor,
        penalty_earned_minor = i.penalty_minor + line.late_minor,
        late_weight = case when line.grows then line.late_weight else i.late_weight end,
        late_from_on = case when line.grows then %(day)s::date else i.late_from_on end
    from line
    where
        i.b = any(%(lane)s::smallint [])
        and i.b = line.b
        and i.loan_id = line.loan_id
        and i.instalment = line.instalment
        and (line.falls or line.grows)
    returning 1
),

sums as materialized (
    select
        line.b,
        line.loan_id,
        coalesce(sum(line.interest_minor) filter (where line.falls), 0)::bigint as interest_minor,
        coalesce(sum(line.fee_minor) filter (where line.falls), 0)::bigint as fee_minor,
        coalesce(sum(line.penalty_minor) filter (where line.falls), 0)::bigint + sum(line.late_minor)::bigint
            as penalty_minor,
        sum(line.late_minor)::bigint as late_minor,
        min(line.due_on) filter (
            where line.due_on >= %(day)s::date and (line.is_open or line.late_minor > 0)
        ) as next_due_on,
        min(line.due_on) filter (
            where line.due_on <= %(day)s::date and (line.is_open or line.late_minor > 0)
        ) as oldest_unpaid_due_on
    from line
    group by line.b, line.loan_id
),

earned as materialized (
    select
        sums.b,
        sums.loan_id,
        sums.interest_minor,
        sums.fee_minor,
        sums.penalty_minor,
        coalesce(part.earned_minor, 0) - coalesce((l.booked ->> 'subsidy_earned_minor')::bigint, 0) as subsidy_minor,
        l.outstanding_minor + sums.late_minor as outstanding_minor,
        sums.next_due_on,
        sums.oldest_unpaid_due_on,
        l.booked -> 'flows' as flows
    from sums
    inner join loan as l on l.b = any(%(lane)s::smallint []) and sums.b = l.b and sums.loan_id = l.loan_id
    left join lateral (
        select sum((each.part ->> 1)::bigint)::bigint as earned_minor
        from jsonb_array_elements(l.subsidy -> 'parts') as each (part)
        where (each.part ->> 0)::date <= %(day)s::date
    ) as part on true
)

update loan as l
set
    outstanding_minor = earned.outstanding_minor,
    next_due_on = earned.next_due_on,
    oldest_unpaid_due_on = earned.oldest_unpaid_due_on,
    booked_on = %(day)s::date,
    booked = l.booked
    || jsonb_build_object(
        'flows',
        earned.flows
        || jsonb_strip_nulls(
            jsonb_build_object(
                'earned.interest',
                coalesce((earned.flows ->> 'earned.interest')::bigint, 0) + nullif(earned.interest_minor, 0),
                'earned.fee',
                coalesce((earned.flows ->> 'earned.fee')::bigint, 0) + nullif(earned.fee_minor, 0),
                'earned.penalty',
                coalesce((earned.flows ->> 'earned.penalty')::bigint, 0) + nullif(earned.penalty_minor, 0)
            )
        ),
        'subsidy_earned_minor',
        coalesce((l.booked ->> 'subsidy_earned_minor')::bigint, 0) + earned.subsidy_minor
    )
from earned
where l.b = any(%(lane)s::smallint []) and l.b = earned.b and l.loan_id = earned.loan_id
returning
    l.b, l.loan_id, l.customer_id, l.merchant_id, l.currency, l.subsidy ->> 'payer_id' as subsidy_payer_id,
    earned.interest_minor, earned.fee_minor, earned.penalty_minor, earned.subsidy_minor

-- name: to_replay
select
    b, loan_id, customer_id, agreement_id, checkout_b, checkout_id, merchant_id, lender_id, product_id, currency,
    principal_minor, terms, status, outstanding_minor, overpaid_minor, next_due_on, oldest_unpaid_due_on, drawn_on,
    booked, booked_on, subsidy, last_seq
from loan
where
    b = any(%(lane)s::smallint [])
    and booked_on < %(day)s
    and (not is_steady or %(all)s)
    and (
        (b, loan_id) in (
            select i.b, i.loan_id from instalment as i
            where i.b = any(%(lane)s::smallint []) and i.due_on = %(day)s
        )
        or (%(month_end)s and oldest_unpaid_due_on < %(day)s)
    )
order by b, loan_id
for update
