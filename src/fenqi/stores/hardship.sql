-- name: add
insert into hardship_request (
    b, request_id, customer_id, state, level, cause, stated_sealed, asked_by, asked_at, answer_due_at, reason,
    option_ids
)
values (
    %(b)s, %(request_id)s, %(customer_id)s, %(state)s, %(level)s, %(cause)s, %(stated_sealed)s, %(asked_by)s,
    %(asked_at)s, %(answer_due_at)s, '', '{}'
)

-- name: save
update hardship_request
set
    state = %(state)s, level = %(level)s, answered_at = %(answered_at)s, answered_by = %(answered_by)s,
    reason = %(reason)s, option_ids = %(option_ids)s, accept_until = %(accept_until)s,
    agreed_option = %(agreed_option)s, agreed_at = %(agreed_at)s, observed_until = %(observed_until)s,
    ended_at = %(ended_at)s
where b = %(b)s and request_id = %(request_id)s

-- name: find
select
    b, request_id, customer_id, state, level, cause, asked_by, asked_at, answer_due_at, answered_at, answered_by,
    reason, option_ids, accept_until, agreed_option, agreed_at, observed_until, ended_at
from hardship_request
where b = %(b)s and request_id = %(request_id)s

-- name: lock
select
    b, request_id, customer_id, state, level, cause, asked_by, asked_at, answer_due_at, answered_at, answered_by,
    reason, option_ids, accept_until, agreed_option, agreed_at, observed_until, ended_at
from hardship_request
where b = %(b)s and request_id = %(request_id)s
for update

-- name: stated
select stated_sealed
from hardship_request
where b = %(b)s and request_id = %(request_id)s

-- name: of_customer
select
    b, request_id, customer_id, state, level, cause, asked_by, asked_at, answer_due_at, answered_at, answered_by,
    reason, option_ids, accept_until, agreed_option, agreed_at, observed_until, ended_at
from hardship_request
where b = %(b)s and customer_id = %(customer_id)s
order by asked_at desc, request_id desc

-- name: waiting
-- fan-out: the desk's worklist, over all buckets
select
    b, request_id, customer_id, state, level, cause, asked_by, asked_at, answer_due_at, answered_at, answered_by,
    reason, option_ids, accept_until, agreed_option, agreed_at, observed_until, ended_at
from hardship_request
where state = 'asked' and (%(level)s::text is null or level = %(level)s)

-- name: in_state
-- fan-out: the desk's lists of what was answered, over all buckets
select
    b, request_id, customer_id, state, level, cause, asked_by, asked_at, answer_due_at, answered_at, answered_by,
    reason, option_ids, accept_until, agreed_option, agreed_at, observed_until, ended_at
from hardship_request
where
    state = any(%(states)s::text [])
    and (%(cause)s::text is null or cause = %(cause)s)
    and (%(from_at)s::timestamptz is null or asked_at >= %(from_at)s)
    and (%(until_at)s::timestamptz is null or asked_at < %(until_at)s)

-- name: to_watch
select
    b, request_id, customer_id, state, level, cause, asked_by, asked_at, answer_due_at, answered_at, answered_by,
    reason, option_ids, accept_until, agreed_option, agreed_at, observed_until, ended_at
from hardship_request
where
    b = any(%(lane)s::smallint [])
    and (
        (
            state = 'asked'
            and level = 'agent'
            and answer_due_at - (answer_due_at - asked_at) / %(part)s::integer <= %(at)s
        )
        or (state = 'offered' and accept_until <= %(at)s)
        or (state = 'agreed' and observed_until < %(on)s)
    )
order by b, request_id

-- name: add_event
insert into hardship_event (b, hardship_event_id, request_id, what, by, text, recorded_at)
values (%(b)s, %(hardship_event_id)s, %(request_id)s, %(what)s, %(by)s, %(text)s, %(recorded_at)s)

-- name: events
select b, hardship_event_id, request_id, what, by, text, recorded_at
from hardship_event
where b = %(b)s and request_id = %(request_id)s
order by recorded_at, hardship_event_id

-- name: add_showing
insert into hardship_showing (
    b, showing_id, request_id, option_id, document_id, seqs, shown_on, shown_at, read_seconds_min
)
values (
    %(b)s, %(showing_id)s, %(request_id)s, %(option_id)s, %(document_id)s, %(seqs)s, %(shown_on)s, %(shown_at)s,
    %(read_seconds_min)s
)

-- name: showing
select b, showing_id, request_id, option_id, document_id, seqs, shown_on, shown_at, read_seconds_min
from hardship_showing
where b = %(b)s and showing_id = %(showing_id)s

-- name: add_signature
insert into hardship_signature (b, request_id, showing_id, evidence, signed_at)
values (%(b)s, %(request_id)s, %(showing_id)s, %(evidence)s, %(signed_at)s)

-- name: signature
select b, request_id, showing_id, evidence, signed_at
from hardship_signature
where b = %(b)s and request_id = %(request_id)s
