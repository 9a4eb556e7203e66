-- name: add
insert into strategy (version, name, content, note, proposed_by, proposed_at)
values (%(version)s, %(name)s, %(content)s, %(note)s, %(proposed_by)s, %(proposed_at)s)
on conflict (version) do nothing

-- name: find
select version, name, content, note, proposed_by, proposed_at from strategy where version = %(version)s

-- name: versions
select
    strategy.version,
    strategy.name,
    strategy.note,
    strategy.proposed_by,
    strategy.proposed_at,
    strategy_check.input_count,
    strategy_check.difference,
    strategy_check.checked_at
from strategy
left join strategy_check on strategy_check.version = strategy.version
order by strategy.proposed_at desc, strategy.version

-- name: unchecked
select strategy.version, strategy.name, strategy.content, strategy.note, strategy.proposed_by, strategy.proposed_at
from strategy
where not exists (select from strategy_check where strategy_check.version = strategy.version)
order by strategy.proposed_at, strategy.version
limit 1

-- name: add_check
insert into strategy_check (version, input_count, difference, checked_at)
values (%(version)s, %(input_count)s, %(difference)s, %(checked_at)s)
on conflict (version) do nothing

-- name: check_of
select version, input_count, difference, checked_at from strategy_check where version = %(version)s

-- name: add_use
insert into strategy_use (use_id, version, role, share_permille, salt, from_at, reason, proposed_by, proposed_at)
values (
    %(use_id)s, %(version)s, %(role)s, %(share_permille)s, %(salt)s, %(from_at)s, %(reason)s, %(proposed_by)s,
    %(proposed_at)s
)

-- name: uses
select
    strategy_use.use_id,
    strategy_use.version,
    strategy_use.role,
    strategy_use.share_permille,
    strategy_use.salt,
    strategy_use.from_at,
    strategy_use.reason,
    strategy_use.proposed_by,
    strategy_use.proposed_at,
    strategy_answer.is_approved,
    strategy_answer.reason as answer_reason,
    strategy_answer.answered_by,
    strategy_answer.answered_at
from strategy_use
left join strategy_answer on strategy_answer.use_id = strategy_use.use_id
order by strategy_use.proposed_at, strategy_use.use_id

-- name: add_answer
insert into strategy_answer (use_id, is_approved, reason, proposed_by, answered_by, answered_at)
values (%(use_id)s, %(is_approved)s, %(reason)s, %(proposed_by)s, %(answered_by)s, %(answered_at)s)
on conflict (use_id) do nothing

-- name: add_halt
insert into decision_halt (halt_id, reason, halted_by, halted_at)
values (%(halt_id)s, %(reason)s, %(halted_by)s, %(halted_at)s)

-- name: halts
select
    decision_halt.halt_id,
    decision_halt.reason,
    decision_halt.halted_by,
    decision_halt.halted_at,
    decision_halt_end.reason as end_reason,
    decision_halt_end.asked_by,
    decision_halt_end.asked_at,
    decision_halt_approval.approved_by,
    decision_halt_approval.approved_at
from decision_halt
left join decision_halt_end on decision_halt_end.halt_id = decision_halt.halt_id
left join decision_halt_approval on decision_halt_approval.halt_id = decision_halt.halt_id
order by decision_halt.halted_at desc, decision_halt.halt_id

-- name: add_halt_end
insert into decision_halt_end (halt_id, reason, asked_by, asked_at)
values (%(halt_id)s, %(reason)s, %(asked_by)s, %(asked_at)s)
on conflict (halt_id) do nothing

-- name: add_halt_approval
insert into decision_halt_approval (halt_id, asked_by, approved_by, approved_at)
values (%(halt_id)s, %(asked_by)s, %(approved_by)s, %(approved_at)s)
on conflict (halt_id) do nothing

-- name: tally
select
    (select count(*) from strategy_use) as use_count,
    (select count(*) from strategy_answer) as answer_count,
    (select count(*) from decision_halt) as halt_count,
    (select count(*) from decision_halt_approval) as halt_end_count

-- name: tell
select pg_notify('fenqi_strategy', '')::text as told

-- name: lock
select pg_advisory_xact_lock(%(lock)s)::text as held
