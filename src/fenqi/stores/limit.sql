-- name: behaviour
with line as (
    select
        standing.b, standing.customer_id, standing.anchor_minor, standing.fixed_minor, standing.special_minor,
        standing.points, standing.is_suspended, standing.takes_rises, standing.is_student,
        standing.monthly_income_minor, standing.outside_service_minor, standing.changed_on
    from credit_standing as standing
    where
        standing.b = any(%(lane)s::smallint [])
        and (%(customer_ids)s::uuid [] is null or standing.customer_id = any(%(customer_ids)s))
),

due as (
    select
        row.b, row.customer_id,
        count(*) filter (where row.is_recent and (row.settled_on is not null or row.last_on < %(on)s)) as due_count,
        count(*) filter (where row.is_recent and row.settled_on <= row.last_on) as on_time_count,
        count(*) filter (where row.is_recent and coalesce(row.settled_on, %(on)s) > row.last_on) as late_count,
        max(coalesce(row.settled_on, %(on)s) - row.last_on) filter (where row.is_recent) as days_late_max,
        max(%(on)s - row.last_on) filter (where row.settled_on is null) as days_late,
        sum(row.left_minor) filter (where row.settled_on is null and row.due_on > %(on)s) as service_minor
    from (
        select
            loan.b, loan.customer_id, instalment.due_on,
            case when instalment.settled_on <= %(on)s then instalment.settled_on end as settled_on,
            instalment.due_on between %(from_on)s and %(on)s as is_recent,
            -- Few were not paid on their due day: for those alone it is looked up whether the day moved over days off.
            case
                when instalment.due_on >= least(instalment.settled_on, %(on)s) then instalment.due_on
                when (
                    select (rule.terms #>> '{policy,rolls_holidays}')::boolean
                    from loan as rule
                    where
                        rule.b = any(%(lane)s::smallint [])
                        and rule.b = instalment.b and rule.loan_id = instalment.loan_id
                )
                    then coalesce((%(payable_until)s::date [])[instalment.due_on - %(from_on)s + 1], instalment.due_on)
                else instalment.due_on
            end as last_on,
            instalment.principal_minor + instalment.interest_minor + instalment.fee_minor + instalment.penalty_minor
            - instalment.paid_minor as left_minor
        from loan
        inner join instalment
            on
                instalment.b = any(%(lane)s::smallint [])
                and loan.b = instalment.b
                and loan.loan_id = instalment.loan_id
        where
            loan.b = any(%(lane)s::smallint [])
            and (%(customer_ids)s::uuid [] is null or loan.customer_id = any(%(customer_ids)s))
            and instalment.due_on <= %(until_on)s
            and (instalment.due_on >= %(from_on)s or instalment.settled_on is null)
        -- So that each last day is worked out once, and not wherever it is named.
        offset 0
    ) as row
    group by row.b, row.customer_id
),

owed as (
    select loan.b, loan.customer_id, sum(loan.outstanding_minor) as owed_minor
    from loan
    where
        loan.b = any(%(lane)s::smallint [])
        and loan.outstanding_minor > 0
        and (%(customer_ids)s::uuid [] is null or loan.customer_id = any(%(customer_ids)s))
    group by loan.b, loan.customer_id
),

risk as (
    select
        loan.b, loan.customer_id, bool_or(told.is_charged_off) as is_charged_off, bool_or(told.is_suspected) as is_suspected
    from (
        select
            event.b, event.loan_id, bool_or(event.kind = 'charged_off') as is_charged_off,
            count(*) filter (where event.kind = 'fraud_flagged')
            > count(*) filter (where event.kind = 'fraud_cleared') as is_suspected
        from loan_event as event
        where
            event.b = any(%(lane)s::smallint [])
            and event.kind in ('fraud_flagged', 'fraud_cleared', 'charged_off')
            and not exists (
                select
                from loan_event as undone
                where
                    undone.b = any(%(lane)s::smallint [])
                    and undone.b = event.b
                    and undone.loan_id = event.loan_id
                    and undone.kind = 'reversed'
                    and undone.content ->> 'reverses' = event.content ->> 'event_id'
            )
        group by event.b, event.loan_id
    ) as told
    inner join loan on loan.b = any(%(lane)s::smallint []) and told.b = loan.b and told.loan_id = loan.loan_id
    group by loan.b, loan.customer_id
),

held as (
    select
        hold.b, hold.customer_id, bool_or(hold.kind = 'hardship') as is_in_hardship,
        bool_or(hold.kind = 'dispute') as is_in_dispute
    from collection_hold as hold
    where
        hold.b = any(%(lane)s::smallint [])
        and not exists (
            select
            from collection_hold_end
            where
                collection_hold_end.b = any(%(lane)s::smallint [])
                and collection_hold_end.b = hold.b
                and collection_hold_end.hold_id = hold.hold_id
        )
    group by hold.b, hold.customer_id
),

observed as (
    select distinct request.b, request.customer_id
    from hardship_request as request
    where request.b = any(%(lane)s::smallint []) and request.state in ('asked', 'offered', 'agreed')
),

warned as (
    select distinct warning.b, warning.customer_id
    from warning
    inner join warning_step as step
        on
            step.b = any(%(lane)s::smallint [])
            and warning.b = step.b
            and warning.warning_id = step.warning_id
            and step.action = 'freeze_limit'
            and not step.is_held_out
    where warning.b = any(%(lane)s::smallint []) and warning.closed_on is null
),

failed as (
    select debit.b, debit.customer_id, count(*) as failed_count
    from payment_order as debit
    where
        debit.b = any(%(lane)s::smallint [])
        and debit.kind = 'debit' and debit.state = 'failed' and debit.requested_on >= %(from_on)s
    group by debit.b, debit.customer_id
),

known as (
    select
        line.b, line.customer_id, line.anchor_minor, line.fixed_minor, line.special_minor, line.points,
        line.changed_on, line.monthly_income_minor, line.outside_service_minor,
        least(coalesce(due.due_count, 0), 1023) as due_count, least(coalesce(due.on_time_count, 0), 1023) as on_time_count,
        least(coalesce(due.late_count, 0), 1023) as late_count, greatest(due.days_late_max, 0) as days_late_max,
        greatest(due.days_late, 0) as days_late, least(coalesce(failed.failed_count, 0), 1023) as failed_debit_count,
        coalesce(owed.owed_minor, 0)::bigint as owed_minor, coalesce(due.service_minor, 0)::bigint as here_service_minor,
        coalesce(risk.is_charged_off, false)::integer
        + coalesce(risk.is_suspected, false)::integer * 2
        + (coalesce(held.is_in_hardship, false) or observed.customer_id is not null)::integer * 4
        + coalesce(held.is_in_dispute, false)::integer * 8
        + line.is_student::integer * 16
        + line.takes_rises::integer * 32
        + line.is_suspended::integer * 64
        + (warned.customer_id is not null)::integer * 128 as flags
    from line
    left join due on line.b = due.b and line.customer_id = due.customer_id
    left join owed on line.b = owed.b and line.customer_id = owed.customer_id
    left join risk on line.b = risk.b and line.customer_id = risk.customer_id
    left join held on line.b = held.b and line.customer_id = held.customer_id
    left join observed on line.b = observed.b and line.customer_id = observed.customer_id
    left join warned on line.b = warned.b and line.customer_id = warned.customer_id
    left join failed on line.b = failed.b and line.customer_id = failed.customer_id
    order by line.b, line.customer_id
)

select
    string_agg(int2send(b) || uuid_send(customer_id), ''::bytea) as customer_id,
    string_agg(
        int8send(due_count + (on_time_count << 10) + (late_count << 20) + (failed_debit_count << 30) + (flags::bigint << 40)),
        ''::bytea
    ) as counts,
    string_agg(
        int8send(days_late_max::bigint + (days_late::bigint << 20) + ((coalesce(points, -1)::bigint + 1) << 40)), ''::bytea
    ) as days,
    string_agg(int8send(owed_minor), ''::bytea) as owed_minor,
    string_agg(int8send(here_service_minor), ''::bytea) as here_service_minor,
    string_agg(int8send(outside_service_minor), ''::bytea) as outside_service_minor,
    string_agg(int8send(monthly_income_minor), ''::bytea) as monthly_income_minor,
    string_agg(int8send(anchor_minor), ''::bytea) as anchor_minor,
    string_agg(int8send(fixed_minor), ''::bytea) as fixed_minor,
    string_agg(int8send(special_minor), ''::bytea) as special_minor,
    string_agg(int8send((changed_on - date '0001-01-01' + 1)::bigint), ''::bytea) as changed_on
from known

-- name: means
select
    standing.customer_id, standing.is_student, standing.monthly_income_minor, standing.outside_service_minor,
    coalesce((
        select
            sum(
                instalment.principal_minor + instalment.interest_minor + instalment.fee_minor + instalment.penalty_minor
                - instalment.paid_minor
            )
        from loan
        inner join instalment
            on
                instalment.b = any(%(lane)s::smallint [])
                and loan.b = instalment.b
                and loan.loan_id = instalment.loan_id
        where
            loan.b = any(%(lane)s::smallint [])
            and loan.b = standing.b
            and loan.customer_id = standing.customer_id
            and instalment.settled_on is null
            and instalment.due_on > %(on)s
            and instalment.due_on <= %(until_on)s
    ), 0)::bigint as here_service_minor
from credit_standing as standing
where standing.b = any(%(lane)s::smallint []) and standing.customer_id = any(%(customer_ids)s::uuid [])
order by standing.customer_id

-- name: find
select
    b, customer_id, currency, anchor_minor, fixed_minor, special_minor, points, is_suspended, takes_rises, is_student,
    monthly_income_minor, outside_service_minor, stated_on, changed_on
from credit_standing
where b = %(b)s and customer_id = %(customer_id)s

-- name: lock
select
    b, customer_id, currency, anchor_minor, fixed_minor, special_minor, points, is_suspended, takes_rises, is_student,
    monthly_income_minor, outside_service_minor, stated_on, changed_on
from credit_standing
where b = %(b)s and customer_id = %(customer_id)s
for update

-- name: save
insert into credit_standing (
    b, customer_id, currency, anchor_minor, fixed_minor, special_minor, points, is_suspended, takes_rises, is_student,
    monthly_income_minor, outside_service_minor, stated_on, changed_on
)
values (
    %(b)s, %(customer_id)s, %(currency)s, %(anchor_minor)s, %(fixed_minor)s, %(special_minor)s, %(points)s,
    %(is_suspended)s, %(takes_rises)s, %(is_student)s, %(monthly_income_minor)s, %(outside_service_minor)s, %(stated_on)s,
    %(changed_on)s
)
on conflict (b, customer_id) do update
set
    anchor_minor = excluded.anchor_minor, fixed_minor = excluded.fixed_minor, special_minor = excluded.special_minor,
    points = excluded.points, is_suspended = excluded.is_suspended, takes_rises = excluded.takes_rises,
    is_student = excluded.is_student, monthly_income_minor = excluded.monthly_income_minor,
    outside_service_minor = excluded.outside_service_minor, stated_on = excluded.stated_on,
    changed_on = excluded.changed_on

-- name: hold_customers
select count(*) as held_count
from (
    select customer_id
    from customer
    where b = any(%(lane)s::smallint []) and customer_id = any(%(customer_ids)s::uuid [])
    order by b, customer_id
    for update
) as held

-- name: move
update credit_standing
set
    fixed_minor = given.fixed_minor, points = given.points, is_suspended = given.is_suspended,
    changed_on = case when given.fixed_minor = given.fixed_before then credit_standing.changed_on else %(on)s end
from unnest(
    %(b)s::smallint [], %(customer_id)s::uuid [], %(anchor_minor)s::bigint [], %(fixed_before)s::bigint [],
    %(special_minor)s::bigint [], %(was_suspended)s::boolean [], %(fixed_minor)s::bigint [], %(points)s::integer [],
    %(is_suspended)s::boolean []
) as given (
    b, customer_id, anchor_minor, fixed_before, special_minor, was_suspended, fixed_minor, points, is_suspended
)
where
    credit_standing.b = any(%(lane)s::smallint [])
    and credit_standing.b = given.b
    and credit_standing.customer_id = given.customer_id
    and credit_standing.anchor_minor = given.anchor_minor
    and credit_standing.fixed_minor = given.fixed_before
    and credit_standing.special_minor = given.special_minor
    and credit_standing.is_suspended = given.was_suspended

-- name: add_changes
insert into limit_change (
    b, change_id, customer_id, currency, cause, about, move, before_minor, after_minor, fixed_minor, points,
    rules_version, reasons, would_raise, content, changed_by, happened_on, changed_at
)
select
    given.b, given.change_id, given.customer_id, %(currency)s, given.cause, given.about, given.move,
    given.before_minor, given.after_minor, given.fixed_minor, given.points, %(rules_version)s, given.reasons::jsonb,
    given.would_raise::jsonb, convert_to(given.content, 'UTF8'), %(changed_by)s, %(on)s, %(at)s
from unnest(
    %(b)s::smallint [], %(change_id)s::uuid [], %(customer_id)s::uuid [], %(cause)s::text [], %(about)s::uuid [],
    %(move)s::text [], %(before_minor)s::bigint [], %(after_minor)s::bigint [], %(fixed_minor)s::bigint [],
    %(points)s::integer [], %(reasons)s::text [], %(would_raise)s::text [], %(content)s::text []
) as given (
    b, change_id, customer_id, cause, about, move, before_minor, after_minor, fixed_minor, points, reasons, would_raise,
    content
)

-- name: add_change
insert into limit_change (
    b, change_id, customer_id, currency, cause, about, move, before_minor, after_minor, fixed_minor, points,
    rules_version, reasons, would_raise, content, changed_by, happened_on, changed_at
)
values (
    %(b)s, %(change_id)s, %(customer_id)s, %(currency)s, %(cause)s, %(about)s, %(move)s, %(before_minor)s, %(after_minor)s,
    %(fixed_minor)s, %(points)s, %(rules_version)s, %(reasons)s, %(would_raise)s, %(content)s, %(changed_by)s,
    %(happened_on)s, %(changed_at)s
)
on conflict (b, change_id) do nothing

-- name: find_change
select
    b, change_id, customer_id, currency, cause, about, move, before_minor, after_minor, fixed_minor, points,
    rules_version, reasons, would_raise, content, changed_by, happened_on, changed_at
from limit_change
where b = %(b)s and change_id = %(change_id)s

-- name: history
select
    b, change_id, customer_id, currency, cause, about, move, before_minor, after_minor, fixed_minor, points,
    rules_version, reasons, would_raise, content, changed_by, happened_on, changed_at
from limit_change
where b = %(b)s and customer_id = %(customer_id)s and (%(with_kept)s::boolean or move <> 'kept')
order by changed_at desc, change_id desc
limit %(limit)s

-- name: to_refresh
select closed.b
from day_close as closed
where
    closed.b = any(%(lane)s::smallint [])
    and closed.closed_on = %(month_on)s
    and not exists (
        select
        from limit_month as done
        where done.b = any(%(lane)s::smallint []) and done.b = closed.b and done.month_on = closed.closed_on
    )
order by closed.b

-- name: mark_month
insert into limit_month (b, month_on, line_count, changed_count, rules_version, refreshed_at)
select
    given.b, %(month_on)s::date, given.line_count, given.changed_count, %(rules_version)s, %(refreshed_at)s::timestamptz
from unnest(%(b)s::smallint [], %(line_count)s::integer [], %(changed_count)s::integer []) as given (
    b, line_count, changed_count
)
on conflict (b, month_on) do nothing
