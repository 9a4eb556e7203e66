-- name: add
insert into limit_rules (version, name, content, note, proposed_by, proposed_at)
values (%(version)s, %(name)s, %(content)s, %(note)s, %(proposed_by)s, %(proposed_at)s)
on conflict (version) do nothing

-- name: find
select version, name, content, note, proposed_by, proposed_at from limit_rules where version = %(version)s

-- name: versions
select
    limit_rules.version, limit_rules.name, limit_rules.content, limit_rules.note, limit_rules.proposed_by,
    limit_rules.proposed_at, answer.is_approved, answer.from_on, answer.reason as answer_reason, answer.answered_by,
    answer.answered_at, trial.against, trial.tried_on, trial.found, trial.tried_by, trial.tried_at
from limit_rules
left join limit_rules_answer as answer on limit_rules.version = answer.version
left join lateral (
    select limit_trial.against, limit_trial.tried_on, limit_trial.found, limit_trial.tried_by, limit_trial.tried_at
    from limit_trial
    where limit_trial.version = limit_rules.version
    order by limit_trial.tried_at desc, limit_trial.trial_id desc
    limit 1
) as trial on true
order by limit_rules.proposed_at desc, limit_rules.version

-- name: in_force
select limit_rules.version, limit_rules.name, limit_rules.content, limit_rules.note, limit_rules.proposed_by, limit_rules.proposed_at
from limit_rules
inner join limit_rules_answer as answer on limit_rules.version = answer.version
where answer.is_approved and answer.from_on <= %(on)s
order by answer.from_on desc, answer.answered_at desc, answer.version
limit 1

-- name: add_trial
insert into limit_trial (trial_id, version, against, tried_on, found, tried_by, tried_at)
values (%(trial_id)s, %(version)s, %(against)s, %(tried_on)s, %(found)s, %(tried_by)s, %(tried_at)s)

-- name: add_answer
insert into limit_rules_answer (version, is_approved, from_on, reason, proposed_by, answered_by, answered_at)
values (%(version)s, %(is_approved)s, %(from_on)s, %(reason)s, %(proposed_by)s, %(answered_by)s, %(answered_at)s)
on conflict (version) do nothing
