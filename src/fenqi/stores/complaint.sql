-- name: add
insert into complaint (
    b, complaint_id, customer_id, channel, reference, cause, state, level, assigned_to, follows_id, loan_id,
    checkout_id, decision_id, disputed_minor, text_sealed, received_by, received_at, acknowledge_due_at,
    answer_due_at, is_extended, acknowledge_missed_at, answer_missed_at, acknowledged_at, acknowledged_by, outcome,
    answer, redress, redress_minor, proposed_by, answered_by, answered_at, settle_by, is_satisfied, ended_by,
    ended_at
)
values (
    %(b)s, %(complaint_id)s, %(customer_id)s, %(channel)s, %(reference)s, %(cause)s, %(state)s, %(level)s,
    %(assigned_to)s, %(follows_id)s, %(loan_id)s, %(checkout_id)s, %(decision_id)s, %(disputed_minor)s,
    %(text_sealed)s, %(received_by)s, %(received_at)s, %(acknowledge_due_at)s, %(answer_due_at)s, %(is_extended)s,
    %(acknowledge_missed_at)s, %(answer_missed_at)s, %(acknowledged_at)s, %(acknowledged_by)s, %(outcome)s,
    %(answer)s, %(redress)s, %(redress_minor)s, %(proposed_by)s, %(answered_by)s, %(answered_at)s, %(settle_by)s,
    %(is_satisfied)s, %(ended_by)s, %(ended_at)s
)

-- name: save
update complaint
set
    state = %(state)s, level = %(level)s, assigned_to = %(assigned_to)s, answer_due_at = %(answer_due_at)s,
    is_extended = %(is_extended)s, acknowledge_missed_at = %(acknowledge_missed_at)s,
    answer_missed_at = %(answer_missed_at)s, acknowledged_at = %(acknowledged_at)s,
    acknowledged_by = %(acknowledged_by)s, outcome = %(outcome)s, answer = %(answer)s, redress = %(redress)s,
    redress_minor = %(redress_minor)s, proposed_by = %(proposed_by)s, answered_by = %(answered_by)s,
    answered_at = %(answered_at)s, settle_by = %(settle_by)s, is_satisfied = %(is_satisfied)s,
    ended_by = %(ended_by)s, ended_at = %(ended_at)s
where b = %(b)s and complaint_id = %(complaint_id)s

-- name: find
select
    b, complaint_id, customer_id, channel, reference, cause, state, level, assigned_to, follows_id, loan_id,
    checkout_id, decision_id, disputed_minor, received_by, received_at, acknowledge_due_at, answer_due_at,
    is_extended, acknowledge_missed_at, answer_missed_at, acknowledged_at, acknowledged_by, outcome, answer,
    redress, redress_minor, proposed_by, answered_by, answered_at, settle_by, is_satisfied, ended_by, ended_at
from complaint
where b = %(b)s and complaint_id = %(complaint_id)s

-- name: lock
select
    b, complaint_id, customer_id, channel, reference, cause, state, level, assigned_to, follows_id, loan_id,
    checkout_id, decision_id, disputed_minor, received_by, received_at, acknowledge_due_at, answer_due_at,
    is_extended, acknowledge_missed_at, answer_missed_at, acknowledged_at, acknowledged_by, outcome, answer,
    redress, redress_minor, proposed_by, answered_by, answered_at, settle_by, is_satisfied, ended_by, ended_at
from complaint
where b = %(b)s and complaint_id = %(complaint_id)s
for update

-- name: text
select text_sealed
from complaint
where b = %(b)s and complaint_id = %(complaint_id)s

-- name: of_customer
select
    b, complaint_id, customer_id, channel, reference, cause, state, level, assigned_to, follows_id, loan_id,
    checkout_id, decision_id, disputed_minor, received_by, received_at, acknowledge_due_at, answer_due_at,
    is_extended, acknowledge_missed_at, answer_missed_at, acknowledged_at, acknowledged_by, outcome, answer,
    redress, redress_minor, proposed_by, answered_by, answered_at, settle_by, is_satisfied, ended_by, ended_at
from complaint
where b = %(b)s and customer_id = %(customer_id)s
order by received_at desc, complaint_id desc

-- name: listed
-- fan-out: the desk's lists, over all buckets
select
    b, complaint_id, customer_id, channel, reference, cause, state, level, assigned_to, follows_id, loan_id,
    checkout_id, decision_id, disputed_minor, received_by, received_at, acknowledge_due_at, answer_due_at,
    is_extended, acknowledge_missed_at, answer_missed_at, acknowledged_at, acknowledged_by, outcome, answer,
    redress, redress_minor, proposed_by, answered_by, answered_at, settle_by, is_satisfied, ended_by, ended_at
from complaint
where
    state = any(%(states)s::text [])
    and (%(cause)s::text is null or cause = %(cause)s)
    and (%(channel)s::text is null or channel = %(channel)s)
    and (%(level)s::text is null or level = %(level)s)
    and (%(assigned_to)s::text is null or assigned_to = %(assigned_to)s)
    and (not %(is_missed)s or acknowledge_missed_at is not null or answer_missed_at is not null)
    and (%(from_at)s::timestamptz is null or received_at >= %(from_at)s)
    and (%(until_at)s::timestamptz is null or received_at < %(until_at)s)

-- name: to_watch
select
    b, complaint_id, customer_id, channel, reference, cause, state, level, assigned_to, follows_id, loan_id,
    checkout_id, decision_id, disputed_minor, received_by, received_at, acknowledge_due_at, answer_due_at,
    is_extended, acknowledge_missed_at, answer_missed_at, acknowledged_at, acknowledged_by, outcome, answer,
    redress, redress_minor, proposed_by, answered_by, answered_at, settle_by, is_satisfied, ended_by, ended_at
from complaint
where
    b = any(%(lane)s::smallint [])
    and (
        (
            state in ('received', 'acknowledged', 'proposed')
            and (
                (answer_missed_at is null and answer_due_at <= %(at)s)
                or (acknowledged_at is null and acknowledge_missed_at is null and acknowledge_due_at <= %(at)s)
                or (
                    level = 'agent'
                    and answer_due_at - (answer_due_at - received_at) / %(part)s::integer <= %(at)s
                )
            )
        )
        or (state = 'answered' and settle_by <= %(at)s)
    )
order by b, complaint_id

-- name: causes
-- fan-out: causes counted over all buckets
select
    to_char(received_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, cause, channel, count(*) as complaint_count,
    count(*) filter (where outcome = 'upheld' and answered_at is not null) as upheld_count,
    count(*) filter (where outcome = 'partly_upheld' and answered_at is not null) as partly_count,
    count(*) filter (where outcome = 'rejected' and answered_at is not null) as rejected_count,
    count(*) filter (where state = 'withdrawn') as withdrawn_count,
    count(*) filter (where state in ('received', 'acknowledged', 'proposed')) as open_count,
    count(*) filter (where coalesce(answered_at, ended_at, %(at)s) >= answer_due_at) as late_count,
    count(*) filter (where not is_satisfied) as unsatisfied_count,
    coalesce(sum(redress_minor) filter (where answered_at is not null), 0)::bigint as redress_minor
from complaint
where received_at >= %(from_at)s and received_at < %(until_at)s
group by 1, 2, 3
order by 1, 2, 3

-- name: add_event
insert into complaint_event (b, complaint_event_id, complaint_id, what, by, text, recorded_at)
values (%(b)s, %(complaint_event_id)s, %(complaint_id)s, %(what)s, %(by)s, %(text)s, %(recorded_at)s)

-- name: events
select b, complaint_event_id, complaint_id, what, by, text, recorded_at
from complaint_event
where b = %(b)s and complaint_id = %(complaint_id)s
order by recorded_at, complaint_event_id

-- name: add_evidence
insert into complaint_evidence (b, complaint_id, kind, subject_id, added_by, added_at)
values (%(b)s, %(complaint_id)s, %(kind)s, %(subject_id)s, %(added_by)s, %(added_at)s)
on conflict (b, complaint_id, subject_id) do nothing

-- name: evidence
select b, complaint_id, kind, subject_id, added_by, added_at
from complaint_evidence
where b = %(b)s and complaint_id = %(complaint_id)s
order by added_at, subject_id

-- name: record
select 'loan' as kind, loan.loan_id as subject_id, loan.drawn_on::timestamp at time zone 'Asia/Shanghai' as at,
    loan.product_id as told
from loan
where loan.b = %(b)s and loan.customer_id = %(customer_id)s
union all
select 'decision' as kind, decision.decision_id as subject_id, decision.decided_at as at, decision.outcome as told
from decision
where decision.b = %(b)s and decision.customer_id = %(customer_id)s
union all
select 'statement' as kind, bill.bill_id as subject_id, bill.created_at as at, bill.mode as told
from bill
where bill.b = %(b)s and bill.customer_id = %(customer_id)s
union all
(
    select 'contact' as kind, contact.contact_id as subject_id, contact.begun_at as at, contact.template as told
    from contact
    where contact.b = %(b)s and contact.customer_id = %(customer_id)s
    order by contact.begun_at desc, contact.contact_id desc
    limit %(contact_count)s
)
order by at desc, subject_id
