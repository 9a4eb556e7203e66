-- name: add
insert into limit_event (b, event_id, customer_id, kind, about, recorded_at)
values (%(b)s, %(event_id)s, %(customer_id)s, %(kind)s, %(about)s, %(recorded_at)s)
on conflict (b, event_id) do nothing

-- name: became_late
with until as (
    select head.b, head.late_until
    from limit_head as head
    where head.b = any(%(lane)s::smallint []) and head.late_until < %(on)s
    order by head.b
    for update skip locked
),

late as (
    insert into limit_event (b, event_id, customer_id, kind, about, recorded_at)
    select distinct on (loan.b, loan.customer_id)
        loan.b,
        (
            left(md5(loan.loan_id || ':' || loan.unpaid_due_on || ':became_late'), 30)
            || lpad(to_hex(loan.b::integer), 2, '0')
        )::uuid,
        loan.customer_id, 'became_late', loan.loan_id, %(at)s
    from until
    inner join loan
        on
            loan.b = any(%(lane)s::smallint [])
            and until.b = loan.b
            and loan.unpaid_due_on < %(on)s
            and loan.unpaid_due_on >= until.late_until - %(days_off)s::integer
            and loan.unpaid_due_on < case
                when (loan.terms #>> '{policy,rolls_holidays}')::boolean then %(late_before)s::date
                else %(on)s
            end
    order by loan.b, loan.customer_id, loan.unpaid_due_on
    on conflict (b, event_id) do nothing
    returning b
),

moved as (
    update limit_head set late_until = %(on)s
    from until
    where limit_head.b = any(%(lane)s::smallint []) and limit_head.b = until.b
    returning limit_head.b
)

select (select count(*) from late) as late_count, (select count(*) from moved) as bucket_count

-- name: waiting
select event.b, event.event_id, event.customer_id, event.kind, event.about
from limit_event as event
where event.b = any(%(lane)s::smallint []) and event.done_at is null
order by event.b, event.recorded_at, event.event_id
limit %(limit)s
for update of event skip locked

-- name: done
update limit_event set done_at = %(at)s
where
    b = any(%(lane)s::smallint []) and event_id = any(%(event_ids)s::uuid []) and done_at is null
