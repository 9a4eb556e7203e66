-- name: plan_by_index
select set_config('enable_hashjoin', 'off', true) as hash_join, set_config('enable_mergejoin', 'off', true) as merge_join

-- name: step
with due as materialized (
    select i.b, i.loan_id
    from instalment as i
    where i.b = any(%(lane)s::smallint []) and i.due_on = %(day)s::date
    union
    select l.b, l.loan_id
    from loan as l
    where %(month_end)s::boolean and l.b = any(%(lane)s::smallint []) and l.unpaid_due_on < %(day)s::date
    -- In the order of the tables, so that a page is read and written once.
    order by 1, 2
),

line as materialized (
    select
        l.b,
        l.loan_id,
        i.instalment,
        i.due_on,
        i.due_on > l.booked_on and i.due_on <= %(day)s::date as falls,
        i.interest_minor - i.interest_early_minor as interest_minor,
        i.fee_minor - i.fee_early_minor as fee_minor,
        i.penalty_minor - i.penalty_early_minor as penalty_minor,
        i.principal_minor + i.interest_minor + i.fee_minor + i.penalty_minor > i.paid_minor as is_open,
        i.late_weight + i.principal_unpaid_minor * (%(day)s::date - i.late_from_on) as late_weight,
        case
            when l.late_rate_per_day = 0 or i.late_from_on >= %(day)s::date or i.due_on >= %(day)s::date then 0
            when l.truncates
                then
                    trunc(
                        (i.late_weight + i.principal_unpaid_minor * (%(day)s::date - i.late_from_on))
                        * l.late_rate_per_day
                    )
                    - trunc(i.late_weight * l.late_rate_per_day)
            else
                round(
                    (i.late_weight + i.principal_unpaid_minor * (%(day)s::date - i.late_from_on))
                    * l.late_rate_per_day
                )
                - round(i.late_weight * l.late_rate_per_day)
        end::bigint as late_minor,
        l.late_rate_per_day > 0 and i.late_from_on < %(day)s::date and i.due_on < %(day)s::date
        and (i.principal_unpaid_minor > 0 or i.late_weight > 0) as grows
    from due
    cross join lateral (
        select l.b, l.loan_id, l.booked_on, l.late_rate_per_day, l.truncates
        from loan as l
        where
            l.b = any(%(lane)s::smallint [])
            and l.b = due.b
            and l.loan_id = due.loan_id
            and l.is_steady
            and l.booked_on < %(day)s::date
        -- Not joined but looked up, loan by loan: the lane has many times more loans than the day touches.
        offset 0
    ) as l
    cross join lateral (
        select
            i.instalment, i.due_on, i.principal_minor, i.interest_minor, i.fee_minor, i.penalty_minor, i.paid_minor,
            i.interest_early_minor, i.fee_early_minor, i.penalty_early_minor, i.principal_unpaid_minor, i.late_weight,
            i.late_from_on
        from instalment as i
        where i.b = any(%(lane)s::smallint []) and i.b = due.b and i.loan_id = due.loan_id
        offset 0
    ) as i
),

earned as materialized (
    select
        line.b,
        line.loan_id,
        coalesce(sum(line.interest_minor) filter (where line.falls), 0)::bigint as interest_minor,
        coalesce(sum(line.fee_minor) filter (where line.falls), 0)::bigint as fee_minor,
        (coalesce(sum(line.penalty_minor) filter (where line.falls), 0) + sum(line.late_minor))::bigint
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

saved as (
    update loan as l
    set
        outstanding_minor = l.outstanding_minor + earned.late_minor,
        next_due_on = earned.next_due_on,
        oldest_unpaid_due_on = earned.oldest_unpaid_due_on,
        booked_on = %(day)s::date,
        booked = l.booked
        || jsonb_build_object(
            'flows',
            (l.booked -> 'flows')
            || jsonb_strip_nulls(
                jsonb_build_object(
                    'earned.interest',
                    coalesce((l.booked #>> '{flows,earned.interest}')::bigint, 0) + nullif(earned.interest_minor, 0),
                    'earned.fee',
                    coalesce((l.booked #>> '{flows,earned.fee}')::bigint, 0) + nullif(earned.fee_minor, 0),
                    'earned.penalty',
                    coalesce((l.booked #>> '{flows,earned.penalty}')::bigint, 0) + nullif(earned.penalty_minor, 0)
                )
            ),
            'subsidy_earned_minor',
            (
                select coalesce(sum((part.value ->> 1)::bigint), 0)::bigint
                from jsonb_array_elements(l.subsidy -> 'parts') as part (value)
                where (part.value ->> 0)::date <= %(day)s::date
            )
        )
    from earned
    where
        l.b = any(%(lane)s::smallint [])
        and l.b = earned.b
        and l.loan_id = earned.loan_id
        and l.is_steady
        and l.booked_on < %(day)s::date
    returning
        l.b, l.loan_id, l.customer_id, l.merchant_id, l.currency, l.subsidy ->> 'payer_id' as subsidy_payer_id,
        earned.interest_minor, earned.fee_minor, earned.penalty_minor,
        (new.booked ->> 'subsidy_earned_minor')::bigint - (old.booked ->> 'subsidy_earned_minor')::bigint
            as subsidy_minor
),

late as materialized (
    select line.b, line.loan_id, line.instalment, line.late_minor, line.late_weight
    from line
    where
        line.grows
        -- In a case, the loans saved are looked up in a hash, which is not a join.
        and case when (line.b, line.loan_id) in (select saved.b, saved.loan_id from saved) then true else false end
),

grown as (
    update instalment as i
    set
        penalty_minor = i.penalty_minor + late.late_minor,
        late_weight = late.late_weight,
        late_from_on = %(day)s::date
    from late
    where
        i.b = any(%(lane)s::smallint [])
        and i.b = late.b
        and i.loan_id = late.loan_id
        and i.instalment = late.instalment
    returning 1
)

select
    saved.b, saved.loan_id, saved.customer_id, saved.merchant_id, saved.currency, saved.subsidy_payer_id,
    saved.interest_minor, saved.fee_minor, saved.penalty_minor, saved.subsidy_minor
from saved

-- name: post_earned
select post_earned(
    %(p_bucket)s::smallint, %(p_buckets)s::smallint [], %(p_leg_counts)s::integer [],
    %(p_posted_at)s::timestamptz, %(p_day)s::date, %(t_bucket)s::smallint [], %(t_slot)s::smallint [],
    %(t_place)s::integer [], %(t_leg_count)s::smallint [], %(t_id)s::uuid [], %(t_hash)s::uuid [],
    %(t_loan_id)s::uuid [], %(t_reference)s::uuid [], %(a_bucket)s::smallint [], %(a_id)s::uuid [],
    %(a_kind)s::smallint [], %(a_owner)s::uuid [], %(a_ledger)s::smallint [], %(a_debit)s::bigint [],
    %(a_credit)s::bigint [], %(l_bucket)s::smallint [], %(l_slot)s::smallint [], %(l_place)s::integer [],
    %(l_place_from)s::integer [], %(l_debit)s::uuid [], %(l_credit)s::uuid [], %(l_amount_minor)s::bigint [],
    %(l_ledger)s::smallint []
) as transaction_count

-- name: to_replay
with due as materialized (
    select i.b, i.loan_id
    from instalment as i
    where i.b = any(%(lane)s::smallint []) and i.due_on = %(day)s::date
    union
    select l.b, l.loan_id
    from loan as l
    where %(month_end)s::boolean and l.b = any(%(lane)s::smallint []) and l.unpaid_due_on < %(day)s::date
)

select
    loan.b, loan.loan_id, loan.customer_id, loan.agreement_id, loan.checkout_b, loan.checkout_id, loan.merchant_id,
    loan.lender_id, loan.product_id, loan.currency, loan.principal_minor, loan.terms, loan.status,
    loan.outstanding_minor, loan.overpaid_minor, loan.next_due_on, loan.oldest_unpaid_due_on, loan.drawn_on,
    loan.booked, loan.booked_on, loan.subsidy, loan.last_seq
from due
inner join loan on due.b = loan.b and due.loan_id = loan.loan_id
where loan.b = any(%(lane)s::smallint []) and loan.booked_on < %(day)s::date and (not loan.is_steady or %(all)s::boolean)
order by loan.b, loan.loan_id
for update of loan
