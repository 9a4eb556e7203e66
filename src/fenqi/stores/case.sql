-- name: add
insert into review_case (
    b, case_id, customer_id, kind, level, opened_at, due_at, expected_loss_minor, taken_by, taken_until, closed_at,
    closed_by, disposition, pivot_key, pivot_value
)
values (
    %(b)s, %(case_id)s, %(customer_id)s, %(kind)s, %(level)s, %(opened_at)s, %(due_at)s, %(expected_loss_minor)s,
    %(taken_by)s, %(taken_until)s, %(closed_at)s, %(closed_by)s, %(disposition)s, %(pivot_key)s, %(pivot_value)s
)

-- name: save
update review_case
set
    kind = %(kind)s, level = %(level)s, due_at = %(due_at)s, expected_loss_minor = %(expected_loss_minor)s,
    taken_by = %(taken_by)s, taken_until = %(taken_until)s, closed_at = %(closed_at)s, closed_by = %(closed_by)s,
    disposition = %(disposition)s, pivot_key = %(pivot_key)s, pivot_value = %(pivot_value)s
where b = %(b)s and case_id = %(case_id)s

-- name: find
select
    b, case_id, customer_id, kind, level, opened_at, due_at, expected_loss_minor, taken_by, taken_until, closed_at,
    closed_by, disposition, pivot_key, pivot_value
from review_case
where b = %(b)s and case_id = %(case_id)s

-- name: lock
select
    b, case_id, customer_id, kind, level, opened_at, due_at, expected_loss_minor, taken_by, taken_until, closed_at,
    closed_by, disposition, pivot_key, pivot_value
from review_case
where b = %(b)s and case_id = %(case_id)s
for update

-- name: lock_free
select
    b, case_id, customer_id, kind, level, opened_at, due_at, expected_loss_minor, taken_by, taken_until, closed_at,
    closed_by, disposition, pivot_key, pivot_value
from review_case
where b = %(b)s and case_id = %(case_id)s
for update skip locked

-- name: lock_open
select
    b, case_id, customer_id, kind, level, opened_at, due_at, expected_loss_minor, taken_by, taken_until, closed_at,
    closed_by, disposition, pivot_key, pivot_value
from review_case
where b = %(b)s and customer_id = %(customer_id)s and closed_at is null
for update

-- name: of_decision
select
    review_case.b, review_case.case_id, review_case.customer_id, review_case.kind, review_case.level,
    review_case.opened_at, review_case.due_at, review_case.expected_loss_minor, review_case.taken_by,
    review_case.taken_until, review_case.closed_at, review_case.closed_by, review_case.disposition,
    review_case.pivot_key, review_case.pivot_value
from review_case
inner join case_decision on case_decision.b = %(b)s and review_case.case_id = case_decision.case_id
where review_case.b = %(b)s and case_decision.decision_id = %(decision_id)s
order by review_case.opened_at desc
limit 1

-- name: add_decision
insert into case_decision (b, decision_id, case_id, added_at)
values (%(b)s, %(decision_id)s, %(case_id)s, %(added_at)s)
on conflict do nothing

-- name: add_event
insert into case_event (b, case_event_id, case_id, what, by, text, recorded_at)
values (%(b)s, %(case_event_id)s, %(case_id)s, %(what)s, %(by)s, %(text)s, %(recorded_at)s)

-- name: events
select b, case_event_id, case_id, what, by, text, recorded_at
from case_event
where b = %(b)s and case_id = %(case_id)s
order by recorded_at, case_event_id

-- name: decisions
select
    decision.decision_id, decision.checkout_id, decision.outcome, decision.points, decision.limit_minor,
    decision.strategy_version, decision.scorecard_version, decision.decided_at, answer.verdict
from case_decision
inner join decision on decision.b = %(b)s and case_decision.decision_id = decision.decision_id
left join lateral (
    select review.verdict
    from review
    where review.b = %(b)s and review.decision_id = decision.decision_id and review.verdict <> 'asked'
    order by review.recorded_at desc, review.review_id desc
    limit 1
) as answer on true
where case_decision.b = %(b)s and case_decision.case_id = %(case_id)s
order by decision.decided_at, decision.decision_id

-- name: queue
-- fan-out: the queue of cases, by any of its sorts
select
    b, case_id, customer_id, kind, level, opened_at, due_at, expected_loss_minor, taken_by, taken_until, closed_at,
    closed_by, disposition, pivot_key, pivot_value
from review_case
where
    closed_at is null
    and level = any(%(levels)s)
    and (%(kind)s::text is null or kind = %(kind)s)
    and (
        %(holder)s::text is null
        or (%(holder)s = '' and (taken_until is null or taken_until <= %(at)s))
        or (taken_by = %(holder)s and taken_until > %(at)s)
    )

-- name: closed
-- fan-out: cases that have ended, by any of their sorts
select
    b, case_id, customer_id, kind, level, opened_at, due_at, expected_loss_minor, taken_by, taken_until, closed_at,
    closed_by, disposition, pivot_key, pivot_value
from review_case
where
    closed_at is not null
    and (%(kind)s::text is null or kind = %(kind)s)
    and (%(disposition)s::text is null or disposition = %(disposition)s)
    and (%(closed_by)s::text is null or closed_by = %(closed_by)s)
    and (%(from_at)s::timestamptz is null or closed_at >= %(from_at)s)
    and (%(until_at)s::timestamptz is null or closed_at < %(until_at)s)

-- name: nearly_late
-- fan-out: open cases whose time is nearly over
select
    b, case_id, customer_id, kind, level, opened_at, due_at, expected_loss_minor, taken_by, taken_until, closed_at,
    closed_by, disposition, pivot_key, pivot_value
from review_case
where closed_at is null and level = 'reviewer' and due_at - (due_at - opened_at) / %(part)s <= %(at)s
order by due_at, case_id
limit %(limit)s

-- name: tally
-- fan-out: what every reviewer answered
select
    closed_by, disposition, count(*)::integer as case_count,
    (extract(epoch from percentile_cont(0.5) within group (order by closed_at - opened_at)))::integer as median_seconds,
    sum(case when closed_at > due_at then 1 else 0 end)::integer as late_count
from review_case
where closed_at >= %(from_at)s and closed_at < %(until_at)s
group by closed_by, disposition
order by closed_by, disposition

-- name: waiting
-- fan-out: how many cases wait, and since when
select
    level, kind, count(*)::integer as case_count, min(opened_at) as oldest_at,
    sum(case when due_at < %(at)s then 1 else 0 end)::integer as late_count,
    sum(expected_loss_minor)::bigint as expected_loss_minor
from review_case
where closed_at is null
group by level, kind
order by level, kind

-- name: open_of_customers
select
    b, case_id, customer_id, kind, level, opened_at, due_at, expected_loss_minor, taken_by, taken_until, closed_at,
    closed_by, disposition, pivot_key, pivot_value
from review_case
where b = any(%(lane)s::smallint []) and customer_id = any(%(customers)s::uuid []) and closed_at is null
order by expected_loss_minor desc, case_id
