-- name: add
insert into rule_snooze (
    rule_snooze_id, rule_code, pivot_key, pivot_value, until, login, reason, recorded_at
)
values (
    %(rule_snooze_id)s, %(rule_code)s, %(pivot_key)s, %(pivot_value)s, %(until)s, %(login)s, %(reason)s,
    %(recorded_at)s
)

-- name: asleep
select rule_snooze_id, rule_code, pivot_key, pivot_value, until, login, reason, recorded_at
from rule_snooze
where
    until > %(at)s
    and not exists (
        select from rule_snooze_end where rule_snooze_end.rule_snooze_id = rule_snooze.rule_snooze_id
    )
order by until, rule_snooze_id

-- name: lines
select
    rule_snooze.rule_snooze_id,
    rule_snooze.rule_code,
    rule_snooze.pivot_key,
    rule_snooze.pivot_value,
    rule_snooze.until,
    rule_snooze.login,
    rule_snooze.reason,
    rule_snooze.recorded_at,
    rule_snooze_end.ended_at,
    rule_snooze_end.login as ended_by,
    rule_snooze_end.reason as end_reason
from rule_snooze
left join rule_snooze_end on rule_snooze_end.rule_snooze_id = rule_snooze.rule_snooze_id
where %(rule_snooze_id)s::uuid is null or rule_snooze.rule_snooze_id = %(rule_snooze_id)s::uuid
order by rule_snooze.recorded_at desc, rule_snooze.rule_snooze_id desc
limit %(most)s

-- name: end
insert into rule_snooze_end (rule_snooze_id, login, reason, ended_at)
values (%(rule_snooze_id)s, %(login)s, %(reason)s, %(ended_at)s)
on conflict (rule_snooze_id) do nothing
