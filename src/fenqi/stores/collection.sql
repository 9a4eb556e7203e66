-- name: late
-- One row a customer who is late at the end of a day, over all loans of a currency.
with late as materialized (
    select distinct loan.b, loan.customer_id
    from loan
    where
        loan.b = any(%(lane)s::smallint [])
        and loan.unpaid_due_on < case
            when (loan.terms #>> '{policy,rolls_holidays}')::boolean then %(late_before)s::date
            else %(day)s::date
        end
        and loan.currency = %(currency)s
),

owing as materialized (
    select
        loan.b, loan.customer_id, loan.loan_id, loan.unpaid_due_on, loan.outstanding_minor,
        coalesce((loan.terms #>> '{policy,rolls_holidays}')::boolean, false) as rolls_holidays,
        plan.overdue_minor, plan.paid_minor
    from late
    inner join loan
        on late.b = loan.b and late.customer_id = loan.customer_id and loan.b = any(%(lane)s::smallint [])
    cross join lateral (
        select
            coalesce(
                sum(
                    due.principal_minor + due.interest_minor + due.fee_minor + due.penalty_minor - due.paid_minor
                ) filter (
                    where
                        due.settled_on is null
                        and due.due_on < case
                            when (loan.terms #>> '{policy,rolls_holidays}')::boolean then %(late_before)s::date
                            else %(day)s::date
                        end
                ),
                0
            )::bigint as overdue_minor,
            coalesce(sum(due.paid_minor), 0)::bigint as paid_minor
        from instalment as due
        where due.b = any(%(lane)s::smallint []) and due.b = loan.b and due.loan_id = loan.loan_id
    ) as plan
    where loan.outstanding_minor > 0 and loan.currency = %(currency)s
)

select
    owing.b, owing.customer_id, min(owing.unpaid_due_on) filter (where owing.overdue_minor > 0) as late_from_on,
    bool_and(owing.rolls_holidays) as rolls_holidays,
    count(*) filter (where owing.overdue_minor > 0)::integer as loan_count,
    count(*) filter (where owing.overdue_minor > 0 and owing.paid_minor = 0)::integer as never_paid_count,
    (
        select count(*)::integer
        from promise
        where
            promise.b = any(%(lane)s::smallint [])
            and promise.b = owing.b
            and promise.customer_id = owing.customer_id
            and promise.state = 'broken'
    ) as broken_promise_count,
    sum(owing.overdue_minor)::bigint as overdue_minor, sum(owing.outstanding_minor)::bigint as owed_minor
from owing
group by owing.b, owing.customer_id
having sum(owing.overdue_minor) > 0
order by owing.b, owing.customer_id

-- name: open_in
select
    b, case_id, customer_id, opened_on, late_from_on, days_past_due, loan_count, overdue_minor, owed_minor, stage, risk,
    strategy_version, refreshed_on, taken_by, taken_until, agency_id, legal_step, closed_on, closed_why
from collection_case
where b = any(%(lane)s::smallint []) and closed_on is null
order by b, case_id
for update

-- name: put
insert into collection_case (
    b, case_id, customer_id, opened_on, late_from_on, days_past_due, loan_count, overdue_minor, owed_minor, stage, risk,
    strategy_version, refreshed_on, taken_by, taken_until, agency_id, legal_step, closed_on, closed_why
)
select
    b, case_id, customer_id, opened_on, late_from_on, days_past_due, loan_count, overdue_minor, owed_minor, stage, risk,
    strategy_version, refreshed_on, taken_by, taken_until, agency_id, legal_step, closed_on, closed_why
from
    jsonb_to_recordset(%(rows)s) as given (
        b smallint, case_id uuid, customer_id uuid, opened_on date, late_from_on date, days_past_due integer,
        loan_count integer, overdue_minor bigint, owed_minor bigint, stage text, risk text, strategy_version text,
        refreshed_on date, taken_by text, taken_until timestamptz, agency_id uuid, legal_step text, closed_on date,
        closed_why text
    )
on conflict (b, case_id) do update
set
    late_from_on = excluded.late_from_on, days_past_due = excluded.days_past_due, loan_count = excluded.loan_count,
    overdue_minor = excluded.overdue_minor, owed_minor = excluded.owed_minor, stage = excluded.stage,
    risk = excluded.risk, strategy_version = excluded.strategy_version, refreshed_on = excluded.refreshed_on,
    taken_by = excluded.taken_by, taken_until = excluded.taken_until, agency_id = excluded.agency_id,
    legal_step = excluded.legal_step, closed_on = excluded.closed_on, closed_why = excluded.closed_why

-- name: days
select b, closed_on
from collection_day
where b = any(%(lane)s::smallint [])

-- name: hold_days
select b, closed_on
from collection_day
where b = any(%(lane)s::smallint [])
order by b
for update

-- name: put_day
insert into collection_day (b, closed_on)
select u.b, %(day)s
from unnest(%(lane)s::smallint []) as u (b)
on conflict (b) do update set closed_on = greatest(collection_day.closed_on, excluded.closed_on)

-- name: find
select
    b, case_id, customer_id, opened_on, late_from_on, days_past_due, loan_count, overdue_minor, owed_minor, stage, risk,
    strategy_version, refreshed_on, taken_by, taken_until, agency_id, legal_step, closed_on, closed_why
from collection_case
where b = %(b)s and case_id = %(case_id)s

-- name: lock
select
    b, case_id, customer_id, opened_on, late_from_on, days_past_due, loan_count, overdue_minor, owed_minor, stage, risk,
    strategy_version, refreshed_on, taken_by, taken_until, agency_id, legal_step, closed_on, closed_why
from collection_case
where b = %(b)s and case_id = %(case_id)s
for update

-- name: lock_free
select
    b, case_id, customer_id, opened_on, late_from_on, days_past_due, loan_count, overdue_minor, owed_minor, stage, risk,
    strategy_version, refreshed_on, taken_by, taken_until, agency_id, legal_step, closed_on, closed_why
from collection_case
where b = %(b)s and case_id = %(case_id)s
for update skip locked

-- name: hold_over
select
    collection_case.b, collection_case.case_id, collection_case.customer_id, collection_case.opened_on,
    collection_case.late_from_on, collection_case.days_past_due, collection_case.loan_count,
    collection_case.overdue_minor, collection_case.owed_minor, collection_case.stage, collection_case.risk,
    collection_case.strategy_version, collection_case.refreshed_on, collection_case.taken_by,
    collection_case.taken_until, collection_case.agency_id, collection_case.legal_step, collection_case.closed_on,
    collection_case.closed_why
from collection_case
inner join agency_assignment
    on
        agency_assignment.b = any(%(lane)s::smallint [])
        and collection_case.b = agency_assignment.b
        and collection_case.case_id = agency_assignment.case_id
        and agency_assignment.recalled_on is null
inner join agency on agency_assignment.agency_id = agency.agency_id
where
    collection_case.b = any(%(lane)s::smallint [])
    and agency.contract_until <= %(on)s
    and (%(agency_id)s::uuid is null or agency.agency_id = %(agency_id)s)
order by collection_case.b, collection_case.case_id
for update of collection_case

-- name: worklist
-- fan-out: the collectors' list of cases, by any of its sorts
select
    b, case_id, customer_id, opened_on, late_from_on, days_past_due, loan_count, overdue_minor, owed_minor, stage, risk,
    strategy_version, refreshed_on, taken_by, taken_until, agency_id, legal_step, closed_on, closed_why
from collection_case
where
    (closed_on is null) = %(is_open)s
    and (%(stage)s::text = '' or stage = %(stage)s)
    and (%(risk)s::text = '' or risk = %(risk)s)
    and days_past_due between %(days_min)s and %(days_max)s
    and (
        %(holder)s::text is null
        or (%(holder)s = '' and (taken_until is null or taken_until <= %(at)s))
        or (taken_by = %(holder)s and taken_until > %(at)s)
    )
    and (
        %(agency_id)s::uuid is null
        or exists (
            select
            from agency_assignment
            where
                agency_assignment.b = collection_case.b
                and agency_assignment.case_id = collection_case.case_id
                and agency_assignment.agency_id = %(agency_id)s
                and agency_assignment.recalled_on is null
                and agency_assignment.effective_from <= %(on)s
        )
    )

-- name: add_event
insert into collection_event (b, event_id, case_id, what, by, text, detail, recorded_at)
values (%(b)s, %(event_id)s, %(case_id)s, %(what)s, %(by)s, %(text)s, %(detail)s, %(recorded_at)s)
on conflict (b, event_id) do nothing

-- name: add_events
insert into collection_event (b, event_id, case_id, what, by, text, detail, recorded_at)
select given.b, given.event_id, given.case_id, given.what, given.by, given.text, given.detail, given.recorded_at
from
    jsonb_to_recordset(%(rows)s) as given (
        b smallint, event_id uuid, case_id uuid, what text, by text, text text, detail jsonb, recorded_at timestamptz
    )
on conflict (b, event_id) do nothing

-- name: events
select b, event_id, case_id, what, by, text, detail, recorded_at
from collection_event
where b = %(b)s and case_id = %(case_id)s
order by recorded_at desc, event_id desc
limit 200

-- name: last_event
select b, event_id, case_id, what, by, text, detail, recorded_at
from collection_event
where b = %(b)s and case_id = %(case_id)s and what = %(what)s
order by recorded_at desc, event_id desc
limit 1

-- name: add_promise
insert into promise (
    b, promise_id, case_id, customer_id, amount_minor, promised_on, made_by, made_at, made_on, state, paid_minor,
    decided_on
)
values (
    %(b)s, %(promise_id)s, %(case_id)s, %(customer_id)s, %(amount_minor)s, %(promised_on)s, %(made_by)s, %(made_at)s,
    %(made_on)s, %(state)s, %(paid_minor)s, %(decided_on)s
)
on conflict do nothing

-- name: promises_of
select
    b, promise_id, case_id, customer_id, amount_minor, promised_on, made_by, made_at, made_on, state, paid_minor,
    decided_on
from promise
where b = %(b)s and case_id = %(case_id)s
order by made_at desc, promise_id desc

-- name: open_promises
select
    promise.b, promise.promise_id, promise.case_id, promise.customer_id, promise.amount_minor, promise.promised_on,
    promise.made_by, promise.made_at, promise.made_on, promise.state, promise.paid_minor, promise.decided_on
from promise
where promise.b = any(%(lane)s::smallint []) and promise.state = 'open' and promise.made_on <= %(day)s
order by promise.b, promise.promise_id
for update

-- name: save_promises
update promise
set state = given.state, paid_minor = given.paid_minor, decided_on = given.decided_on
from
    jsonb_to_recordset(%(rows)s) as given (
        b smallint, promise_id uuid, state text, paid_minor bigint, decided_on date
    )
where promise.b = any(%(lane)s::smallint []) and promise.b = given.b and promise.promise_id = given.promise_id

-- name: paid
-- What the books took in from a customer's loans, by the day it counts for; what was taken back again by the last day
-- counts against the day on which it had come in.
select
    loan.customer_id, coalesce(undone.happened_on, transaction.value_on) as value_on,
    sum(
        case when debit.kind = 11 then leg.amount_minor else 0 end
        - case when credit.kind = 11 then leg.amount_minor else 0 end
    )::bigint as paid_minor
from loan
inner join transaction
    on
        transaction.b = any(%(lane)s::smallint [])
        and loan.b = transaction.b
        and loan.loan_id = transaction.loan_id
inner join transaction_kind on transaction.kind = transaction_kind.kind and transaction_kind.name in ('repay', 'recover')
inner join leg
    on leg.b = any(%(lane)s::smallint []) and transaction.b = leg.b and transaction.seq_from = leg.seq_from
inner join account as debit
    on debit.b = any(%(lane)s::smallint []) and leg.b = debit.b and leg.debit_id = debit.account_id
inner join account as credit
    on credit.b = any(%(lane)s::smallint []) and leg.b = credit.b and leg.credit_id = credit.account_id
left join loan_event as reversal
    on
        reversal.b = any(%(lane)s::smallint [])
        and transaction.b = reversal.b
        and transaction.reference = reversal.event_id
        and reversal.kind = 'reversed'
left join loan_event as undone
    on
        undone.b = any(%(lane)s::smallint [])
        and reversal.b = undone.b
        and undone.event_id = (reversal.content ->> 'reverses')::uuid
where
    loan.b = any(%(lane)s::smallint [])
    and loan.customer_id = any(%(customer_ids)s::uuid [])
    and transaction.value_on <= %(until_on)s
    and coalesce(undone.happened_on, transaction.value_on) between %(from_on)s and %(until_on)s
group by loan.customer_id, coalesce(undone.happened_on, transaction.value_on)
order by loan.customer_id, coalesce(undone.happened_on, transaction.value_on)

-- name: contact_count
select count(*)::integer as contact_count
from contact
where
    b = %(b)s
    and customer_id = %(customer_id)s
    and purpose = 'collection'
    and begun_at >= %(since)s
