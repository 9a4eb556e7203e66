-- name: open_days
select
    day_head.b,
    day_head.earned_on
from day_head
where
    day_head.b = any(%(lane)s::smallint [])
    and not exists (
        select
        from day_close
        where
            day_close.b = any(%(lane)s::smallint []) and day_close.b = day_head.b and day_close.closed_on = %(day)s::date
    )
order by day_head.b

-- name: foretold
select
    i.b,
    uuid_send(i.loan_id) as loan_id,
    i.currency,
    sum(i.falls_interest_minor)::bigint as interest_minor,
    sum(i.falls_fee_minor)::bigint as fee_minor
from instalment as i
where i.b = any(%(lane)s::smallint []) and i.due_on = %(day)s::date and i.is_foretold
group by i.b, i.loan_id, i.currency
order by i.b, i.loan_id

-- name: step
with due as materialized (
    select i.b, i.loan_id
    from instalment as i
    where i.b = any(%(lane)s::smallint []) and i.due_on = %(day)s::date and not i.is_foretold
    union
    select l.b, l.loan_id
    from loan as l
    where %(month_end)s::boolean and l.b = any(%(lane)s::smallint []) and l.unpaid_due_on < %(day)s::date
    -- In the order of the tables, so that a page is read and written once.
    order by 1, 2
)

select
    l.b,
    l.loan_id,
    l.currency,
    l.last_seq,
    l.booked_on,
    l.is_steady,
    l.subsidy_earned_minor,
    l.subsidy_earned_minor - l.subsidy_booked_minor as subsidy_minor,
    plan.*
from due
cross join lateral (
    select
        l.b,
        l.loan_id,
        l.currency,
        l.last_seq,
        l.booked_on,
        l.is_steady,
        l.late_rate_per_day,
        l.truncates,
        (
            select coalesce(sum((part.value ->> 1)::bigint), 0)::bigint
            from jsonb_array_elements(l.subsidy -> 'parts') as part (value)
            where (part.value ->> 0)::date <= %(day)s::date
        ) as subsidy_earned_minor,
        (l.booked ->> 'subsidy_earned_minor')::bigint as subsidy_booked_minor
    from loan as l
    where
        l.b = any(%(lane)s::smallint [])
        and l.b = due.b
        and l.loan_id = due.loan_id
        and l.booked_on < %(day)s::date
    -- Not joined but looked up, loan by loan: the lane has many times more loans than the day touches.
    offset 0
) as l
cross join lateral (
    select
        coalesce(sum(line.interest_minor) filter (where line.falls), 0)::bigint as booked_interest_minor,
        coalesce(sum(line.fee_minor) filter (where line.falls), 0)::bigint as booked_fee_minor,
        coalesce(sum(line.interest_minor) filter (where line.falls and not line.is_foretold), 0)::bigint
            as interest_minor,
        coalesce(sum(line.fee_minor) filter (where line.falls and not line.is_foretold), 0)::bigint as fee_minor,
        (coalesce(sum(line.penalty_minor) filter (where line.falls), 0) + sum(line.late_minor))::bigint
            as penalty_minor,
        sum(line.late_minor)::bigint as late_minor,
        min(line.due_on) filter (
            where line.due_on >= %(day)s::date and (line.is_open or line.late_minor > 0)
        ) as next_due_on,
        min(line.due_on) filter (
            where line.due_on <= %(day)s::date and (line.is_open or line.late_minor > 0)
        ) as oldest_unpaid_due_on,
        array_agg(line.instalment order by line.instalment) filter (where line.grows) as grown,
        array_agg(line.late_minor order by line.instalment) filter (where line.grows) as grown_by_minor,
        array_agg(line.late_weight order by line.instalment) filter (where line.grows) as grown_to_weight
    from (
        select
            i.instalment,
            i.due_on,
            i.is_foretold,
            i.due_on > l.booked_on and i.due_on <= %(day)s::date as falls,
            i.falls_interest_minor as interest_minor,
            i.falls_fee_minor as fee_minor,
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
        from instalment as i
        where i.b = any(%(lane)s::smallint []) and i.b = l.b and i.loan_id = l.loan_id
        offset 0
    ) as line
) as plan
order by l.b, l.loan_id

-- name: to_replay
with due as materialized (
    select i.b, i.loan_id
    from instalment as i
    where
        i.b = any(%(lane)s::smallint [])
        and i.due_on = %(day)s::date
        and i.is_foretold = any(array[false, %(all)s::boolean])
    union
    select l.b, l.loan_id
    from loan as l
    where %(month_end)s::boolean and l.b = any(%(lane)s::smallint []) and l.unpaid_due_on < %(day)s::date
    order by 1, 2
)

select l.loan_id
from due
cross join lateral (
    select
        l.b,
        l.loan_id
    from loan as l
    where
        l.b = any(%(lane)s::smallint [])
        and l.b = due.b
        and l.loan_id = due.loan_id
        and l.booked_on < %(day)s::date
        and (not l.is_steady or %(all)s::boolean)
    offset 0
) as l
order by l.b, l.loan_id

-- name: close_lane
select close_lane(
    %(p_bucket)s::smallint, %(p_buckets)s::smallint [], %(p_loan_counts)s::integer [], %(p_day)s::date,
    %(p_closed_at)s::timestamptz, %(p_is_whole)s::boolean, %(f_buckets)s::smallint [], %(f_loan_id)s::uuid [],
    %(f_interest_minor)s::bigint [], %(f_fee_minor)s::bigint [], %(s_bucket)s::smallint [], %(s_loan_id)s::uuid [],
    %(s_seq)s::integer [], %(s_booked_on)s::date [], %(s_interest_minor)s::bigint [], %(s_fee_minor)s::bigint [],
    %(s_penalty_minor)s::bigint [], %(s_late_minor)s::bigint [], %(s_subsidy_minor)s::bigint [],
    %(s_next_due_on)s::date [], %(s_oldest_unpaid_due_on)s::date [], %(g_bucket)s::smallint [],
    %(g_loan_id)s::uuid [], %(g_instalment)s::smallint [], %(g_late_minor)s::bigint [], %(g_late_weight)s::bigint [],
    %(e_buckets)s::smallint [], %(e_leg_counts)s::integer [], %(t_bucket)s::smallint [], %(t_slot)s::smallint [],
    %(t_place)s::integer [], %(t_leg_count)s::smallint [], %(t_kind)s::smallint [], %(t_id)s::uuid [],
    %(t_hash)s::uuid [], %(t_loan_id)s::uuid [], %(t_reference)s::uuid [], %(a_bucket)s::smallint [],
    %(a_id)s::uuid [], %(a_kind)s::smallint [], %(a_owner)s::uuid [], %(a_ledger)s::smallint [],
    %(a_debit)s::bigint [], %(a_credit)s::bigint [], %(l_bucket)s::smallint [], %(l_slot)s::smallint [],
    %(l_place)s::integer [], %(l_place_from)s::integer [], %(l_debit)s::uuid [], %(l_credit)s::uuid [],
    %(l_amount_minor)s::bigint [], %(l_ledger)s::smallint []
) as bucket_count
