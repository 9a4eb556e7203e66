-- name: add
insert into warning_rules (version, name, content, note, proposed_by, proposed_at)
values (%(version)s, %(name)s, %(content)s, %(note)s, %(proposed_by)s, %(proposed_at)s)
on conflict (version) do nothing

-- name: find
select version, name, content, note, proposed_by, proposed_at from warning_rules where version = %(version)s

-- name: versions
select
    rules.version, rules.name, rules.content, rules.note, rules.proposed_by, rules.proposed_at, answer.is_approved,
    answer.from_on, answer.reason as answer_reason, answer.answered_by, answer.answered_at
from warning_rules as rules
left join warning_rules_answer as answer on rules.version = answer.version
order by rules.proposed_at desc, rules.version

-- name: in_force
select rules.version, rules.name, rules.content, rules.note, rules.proposed_by, rules.proposed_at
from warning_rules as rules
inner join warning_rules_answer as answer on rules.version = answer.version
where answer.is_approved and answer.from_on <= %(on)s
order by answer.from_on desc, answer.answered_at desc, answer.version
limit 1

-- name: first_in_force
select rules.version, rules.name, rules.content, rules.note, rules.proposed_by, rules.proposed_at
from warning_rules as rules
inner join warning_rules_answer as answer on rules.version = answer.version
where answer.is_approved and answer.from_on <= %(until_on)s
order by answer.from_on, answer.answered_at desc, answer.version
limit 1

-- name: add_answer
insert into warning_rules_answer (version, is_approved, from_on, reason, proposed_by, answered_by, answered_at)
values (%(version)s, %(is_approved)s, %(from_on)s, %(reason)s, %(proposed_by)s, %(answered_by)s, %(answered_at)s)
on conflict (version) do nothing

-- name: add_trial
insert into warning_trial (
    trial_id, version, against, until_on, asked_by, asked_at, state, customer_count, lane_count, fault
)
values (%(trial_id)s, %(version)s, %(against)s, %(until_on)s, %(asked_by)s, %(asked_at)s, 'waiting', 0, 0, '')

-- name: trials
select distinct on (version)
    trial_id, version, against, until_on, asked_by, asked_at, state, customer_count, lane_count, ended_at, fault, result
from warning_trial
order by version, asked_at desc, trial_id desc

-- name: is_tried
select exists (select from warning_trial where version = %(version)s and state = 'done') as is_so

-- name: take
update warning_trial
set state = 'running', customer_count = 0, lane_count = 0, working_at = %(at)s
where
    trial_id = (
        select waiting.trial_id
        from warning_trial as waiting
        where
            waiting.state = 'waiting'
            or (waiting.state = 'running' and waiting.working_at < %(silent_since)s)
        order by waiting.asked_at
        limit 1
        for update skip locked
    )
returning
    trial_id, version, against, until_on, asked_by, asked_at, state, customer_count, lane_count, ended_at, fault, result

-- name: go_on
update warning_trial
set customer_count = %(customer_count)s, lane_count = %(lane_count)s, working_at = %(at)s
where trial_id = %(trial_id)s and state = 'running'

-- name: end
update warning_trial
set state = %(state)s, ended_at = %(at)s, fault = %(fault)s, result = %(result)s
where trial_id = %(trial_id)s and state = 'running'

-- name: signs
select
    customer_id, seen_on, days_late, partial_payment_count, failed_debit_count, broken_promise_count, complaint_count,
    used_percent, used_percent_rise, new_device_count, new_address_count, frozen_order_count, used_beyond, rise_beyond
from warning_sign
where
    b = %(b)s
    and customer_id in (
        select distinct paged.customer_id
        from warning_sign as paged
        where paged.b = %(b)s and paged.customer_id > %(after_id)s
        order by paged.customer_id
        limit %(limit)s
    )
order by customer_id, seen_on

-- name: behind
select loan.customer_id, instalment.due_on + %(days_late)s::integer as behind_on
from loan
inner join instalment on instalment.b = %(b)s and loan.loan_id = instalment.loan_id
where
    loan.b = %(b)s
    and loan.customer_id = any(%(customer_ids)s::uuid [])
    and instalment.due_on + %(days_late)s::integer <= %(until_on)s
    and (instalment.settled_on is null or instalment.settled_on >= instalment.due_on + %(days_late)s::integer)
order by loan.customer_id, behind_on
