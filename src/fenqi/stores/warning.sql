-- name: plan_anew
-- A plan made for a book that was small is kept for ever otherwise, and looks at every pair of loan and instalment.
select set_config('plan_cache_mode', 'force_custom_plan', true) as planned

-- name: watched
with owing as (
    select
        loan.b, loan.customer_id, sum(loan.outstanding_minor) as owed_minor,
        sum(loan.principal_minor) filter (where loan.drawn_on > %(from_on)s) as drawn_minor,
        bool_or(loan.drawn_on <= %(from_on)s) as is_known,
        max(%(on)s - loan.unpaid_due_on) filter (
            where
            loan.unpaid_due_on < case
                when (loan.terms #>> '{policy,rolls_holidays}')::boolean then %(late_before)s::date
                else %(on)s
            end
        ) as days_late
    from loan
    where
        loan.b = any(%(lane)s::smallint [])
        and loan.outstanding_minor > 0
        and loan.drawn_on <= %(on)s
        and (%(customer_ids)s::uuid [] is null or loan.customer_id = any(%(customer_ids)s))
    group by loan.b, loan.customer_id
),

running as (
    select warning.b, warning.customer_id, warning.warning_id, warning.opened_on, warning.points_max, warning.last_on, warning.rung,
        warning.call_due_on
    from warning
    where
        warning.b = any(%(lane)s::smallint [])
        and warning.closed_on is null
        and (%(customer_ids)s::uuid [] is null or warning.customer_id = any(%(customer_ids)s))
),

partly as (
    select loan.b, loan.customer_id, count(*) as partial_count
    from instalment
    inner join loan
        on
            loan.b = any(%(lane)s::smallint [])
            and instalment.b = loan.b
            and instalment.loan_id = loan.loan_id
    where
        instalment.b = any(%(lane)s::smallint [])
        and instalment.due_on between %(from_on)s and %(on)s
        and instalment.settled_on is null
        and instalment.paid_minor > 0
    group by loan.b, loan.customer_id
),

failed as (
    select debit.b, debit.customer_id, count(*) as failed_count
    from payment_order as debit
    where
        debit.b = any(%(lane)s::smallint [])
        and debit.kind = 'debit'
        and debit.state = 'failed'
        and debit.requested_on between %(from_on)s and %(on)s
    group by debit.b, debit.customer_id
),

broken as (
    select promise.b, promise.customer_id, count(*) as broken_count
    from promise
    where
        promise.b = any(%(lane)s::smallint [])
        and promise.state = 'broken'
        and promise.decided_on between %(from_on)s and %(on)s
    group by promise.b, promise.customer_id
),

complained as (
    select complaint.b, complaint.customer_id, count(*) as complaint_count
    from complaint
    where
        complaint.b = any(%(lane)s::smallint [])
        and complaint.received_at >= %(since)s
        and complaint.received_at < %(until)s
        and complaint.state <> 'withdrawn'
    group by complaint.b, complaint.customer_id
),

frozen as (
    select stopped.b, stopped.customer_id, count(*) as frozen_count
    from order_freeze as stopped
    where
        stopped.b = any(%(lane)s::smallint [])
        and stopped.frozen_at >= %(since)s
        and stopped.frozen_at < %(until)s
        and not exists (
            select
            from freeze_answer as answer
            where
                answer.b = any(%(lane)s::smallint [])
                and answer.b = stopped.b
                and answer.freeze_id = stopped.freeze_id
                and answer.verdict = 'release'
        )
    group by stopped.b, stopped.customer_id
),

moved as (
    select
        ordered.b, ordered.customer,
        count(distinct ordered.device) filter (where not ordered.is_known_device) as device_count,
        count(distinct ordered.address) filter (where not ordered.is_known_address) as address_count
    from (
        select
            event.b, event.customer, event.device, event.address,
            coalesce(bool_or(earlier.device = event.device), false) as is_known_device,
            coalesce(bool_or(earlier.address = event.address), false) as is_known_address
        from order_event as event
        inner join order_event as earlier
            on
                earlier.b = any(%(lane)s::smallint [])
                and event.b = earlier.b
                and event.customer = earlier.customer
                and earlier.at < %(since)s
                and earlier.kind = 'ordered'
        where
            event.b = any(%(lane)s::smallint [])
            and event.kind = 'ordered'
            and event.customer is not null
            and event.at >= %(since)s
            and event.at < %(until)s
        group by event.b, event.customer, event.device, event.address
    ) as ordered
    group by ordered.b, ordered.customer
),

seen as (
    select
        coalesce(owing.b, running.b) as b, coalesce(owing.customer_id, running.customer_id) as customer_id,
        greatest(owing.days_late, 0) as days_late, coalesce(partly.partial_count, 0) as partial_payment_count,
        coalesce(failed.failed_count, 0) as failed_debit_count, coalesce(broken.broken_count, 0) as broken_promise_count,
        coalesce(complained.complaint_count, 0) as complaint_count,
        case
            when standing.fixed_minor > 0 then least(coalesce(owing.owed_minor, 0) * 100 / standing.fixed_minor, 1000) else 0
        end as used_percent,
        case
            when standing.fixed_minor > 0 and owing.is_known
                then least(coalesce(owing.drawn_minor, 0) * 100 / standing.fixed_minor, 1000)
            else 0
        end as used_percent_rise,
        coalesce(moved.device_count, 0) as new_device_count, coalesce(moved.address_count, 0) as new_address_count,
        coalesce(frozen.frozen_count, 0) as frozen_order_count,
        running.warning_id, running.opened_on, running.points_max, running.last_on, running.rung,
        running.call_due_on
    from owing
    full join running on owing.b = running.b and owing.customer_id = running.customer_id
    left join
        credit_standing as standing
        on
            standing.b = any(%(lane)s::smallint [])
            and standing.b = coalesce(owing.b, running.b)
            and standing.customer_id = coalesce(owing.customer_id, running.customer_id)
    left join partly on owing.b = partly.b and owing.customer_id = partly.customer_id
    left join failed on owing.b = failed.b and owing.customer_id = failed.customer_id
    left join broken on owing.b = broken.b and owing.customer_id = broken.customer_id
    left join complained on owing.b = complained.b and owing.customer_id = complained.customer_id
    left join frozen
        on frozen.b = coalesce(owing.b, running.b) and frozen.customer_id = coalesce(owing.customer_id, running.customer_id)
    left join moved on owing.b = moved.b and replace(owing.customer_id::text, '-', '') = moved.customer
)

select
    seen.b, seen.customer_id, seen.days_late::integer, seen.partial_payment_count::integer,
    seen.failed_debit_count::integer, seen.broken_promise_count::integer, seen.complaint_count::integer,
    seen.used_percent::integer, seen.used_percent_rise::integer, seen.new_device_count::integer,
    seen.new_address_count::integer, seen.frozen_order_count::integer, seen.warning_id, seen.opened_on, seen.points_max,
    seen.last_on, seen.rung, seen.call_due_on
from seen
where
    (
        seen.warning_id is not null
        or seen.days_late + seen.partial_payment_count + seen.failed_debit_count + seen.broken_promise_count
        + seen.complaint_count + seen.new_device_count + seen.new_address_count + seen.frozen_order_count > 0
        or seen.used_percent > %(used_beyond)s
        or seen.used_percent_rise > %(rise_beyond)s
    )
    and not exists (
        select
        from collection_hold as hold
        where
            hold.b = any(%(lane)s::smallint [])
            and hold.b = seen.b
            and hold.customer_id = seen.customer_id
            and hold.kind = 'hardship'
            and not exists (
                select
                from collection_hold_end as released
                where
                    released.b = any(%(lane)s::smallint [])
                    and released.b = hold.b
                    and released.hold_id = hold.hold_id
            )
    )
order by seen.b, seen.customer_id

-- name: add_signs
insert into warning_sign (
    b, customer_id, seen_on, days_late, partial_payment_count, failed_debit_count, broken_promise_count, complaint_count,
    used_percent, used_percent_rise, new_device_count, new_address_count, frozen_order_count, used_beyond, rise_beyond
)
select
    given.b, given.customer_id, %(on)s, given.days_late, given.partial_payment_count, given.failed_debit_count,
    given.broken_promise_count, given.complaint_count, given.used_percent, given.used_percent_rise, given.new_device_count,
    given.new_address_count, given.frozen_order_count, %(used_beyond)s, %(rise_beyond)s
from
    jsonb_to_recordset(%(rows)s) as given (
        b smallint, customer_id uuid, days_late integer, partial_payment_count integer, failed_debit_count integer,
        broken_promise_count integer, complaint_count integer, used_percent integer, used_percent_rise integer,
        new_device_count integer, new_address_count integer, frozen_order_count integer
    )
on conflict (b, customer_id, seen_on) do update
set
    days_late = excluded.days_late, partial_payment_count = excluded.partial_payment_count,
    failed_debit_count = excluded.failed_debit_count, broken_promise_count = excluded.broken_promise_count,
    complaint_count = excluded.complaint_count, used_percent = excluded.used_percent,
    used_percent_rise = excluded.used_percent_rise, new_device_count = excluded.new_device_count,
    new_address_count = excluded.new_address_count, frozen_order_count = excluded.frozen_order_count,
    used_beyond = excluded.used_beyond, rise_beyond = excluded.rise_beyond

-- name: hold
select customer_id
from customer
where b = any(%(lane)s::smallint []) and customer_id = any(%(customer_ids)s::uuid [])
order by b, customer_id
for no key update

-- name: taken
select warning_id, action, taken_on
from warning_step
where b = any(%(lane)s::smallint []) and warning_id = any(%(warning_ids)s::uuid [])
order by warning_id, taken_on, judged_at, step_id

-- name: put
insert into warning (
    b, warning_id, customer_id, opened_on, points, points_max, last_on, rung, strategy_version, closed_on,
    call_due_on
)
values (
    %(b)s, %(warning_id)s, %(customer_id)s, %(opened_on)s, %(points)s, %(points_max)s, %(last_on)s, %(rung)s,
    %(strategy_version)s, %(closed_on)s, %(call_due_on)s
)
on conflict (b, warning_id) do update
set
    points = excluded.points, points_max = excluded.points_max, last_on = excluded.last_on, rung = excluded.rung,
    strategy_version = excluded.strategy_version, closed_on = excluded.closed_on, call_due_on = excluded.call_due_on

-- name: add_step
insert into warning_step (
    b, step_id, warning_id, customer_id, action, is_held_out, points, cause, about, strategy_version, content, taken_on,
    judged_at
)
values (
    %(b)s, %(step_id)s, %(warning_id)s, %(customer_id)s, %(action)s, %(is_held_out)s, %(points)s, %(cause)s, %(about)s,
    %(strategy_version)s, %(content)s, %(taken_on)s, %(judged_at)s
)

-- name: add_event
insert into warning_event (b, event_id, customer_id, kind, about, recorded_at)
values (%(b)s, %(event_id)s, %(customer_id)s, %(kind)s, %(about)s, %(recorded_at)s)
on conflict (b, event_id) do nothing

-- name: waiting
select event.b, event.event_id, event.customer_id, event.kind, event.about
from warning_event as event
where event.b = any(%(lane)s::smallint []) and event.done_at is null
order by event.b, event.recorded_at, event.event_id
limit %(limit)s
for update of event skip locked

-- name: done
update warning_event set done_at = %(at)s
where b = any(%(lane)s::smallint []) and event_id = any(%(event_ids)s::uuid []) and done_at is null

-- name: days
select b, closed_on
from warning_day
where b = any(%(lane)s::smallint [])
order by b
for update

-- name: put_day
insert into warning_day (b, closed_on)
select u.b, %(day)s
from unnest(%(lane)s::smallint []) as u (b)
on conflict (b) do update set closed_on = greatest(warning_day.closed_on, excluded.closed_on)

-- name: steps
select
    b, step_id, warning_id, customer_id, action, is_held_out, points, cause, about, strategy_version, content, taken_on,
    judged_at
from warning_step
where b = %(b)s and warning_id = %(warning_id)s
order by taken_on, judged_at, step_id

-- name: find
select b, warning_id, customer_id, opened_on, points, points_max, last_on, rung, strategy_version, closed_on, call_due_on
from warning
where b = %(b)s and warning_id = %(warning_id)s

-- name: of_customer
select b, warning_id, customer_id, opened_on, points, points_max, last_on, rung, strategy_version, closed_on, call_due_on
from warning
where b = %(b)s and customer_id = %(customer_id)s
order by opened_on, warning_id

-- name: arms
-- fan-out: what each step brought, over all customers
select
    step.action,
    count(*) filter (where not step.is_held_out)::integer as done_count,
    count(*) filter (where not step.is_held_out and step.has_failed)::integer as done_failed,
    count(*) filter (where step.is_held_out)::integer as held_out_count,
    count(*) filter (where step.is_held_out and step.has_failed)::integer as held_out_failed
from (
    select
        come.action, come.is_held_out,
        exists (
            select
            from loan
            inner join instalment on loan.b = instalment.b and loan.loan_id = instalment.loan_id
            where
                loan.b = come.b
                and loan.customer_id = come.customer_id
                and instalment.due_on + %(days_late)s::integer between come.taken_on and come.taken_on + %(outcome_days)s::integer
                and (instalment.settled_on is null or instalment.settled_on >= instalment.due_on + %(days_late)s::integer)
        ) as has_failed
    from warning_step as come
    where come.strategy_version = %(strategy_version)s and come.taken_on <= %(until_on)s
) as step
group by step.action
order by step.action

-- name: listed
-- fan-out: the console's list of early warnings
select b, warning_id, customer_id, opened_on, points, points_max, last_on, rung, strategy_version, closed_on, call_due_on
from warning
where
    (%(rung)s::text is null or rung = %(rung)s)
    and (%(is_open)s::boolean is null or (closed_on is null) = %(is_open)s)
    and (%(call_due_by)s::date is null or call_due_on <= %(call_due_by)s)
    and (%(from_on)s::date is null or opened_on >= %(from_on)s)
    and (%(until_on)s::date is null or opened_on < %(until_on)s)
