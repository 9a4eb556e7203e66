-- name: waiting
-- fan-out: how much work waits for people, by what it is; each counts the rows of a queue
select 'cases' as what, count(*) as waiting
from review_case
where closed_at is null and (taken_until is null or taken_until <= %(at)s)
union all
select 'warnings', count(*) from warning where call_due_on <= %(on)s
union all
select 'hardship', count(*) from hardship_request where state = 'asked'
union all
select 'complaints', count(*) from complaint where state in ('received', 'acknowledged', 'proposed')
union all
select 'collection', count(*)
from collection_case
where closed_on is null and agency_id is null and (taken_until is null or taken_until <= %(at)s)
union all
select 'loan_changes', count(*) from loan_change where state = 'proposed'
union all
select 'special_limits', count(*) from limit_special where state = 'proposed'
union all
select 'limit_rules', count(*)
from limit_rules
left join limit_rules_answer on limit_rules.version = limit_rules_answer.version
where limit_rules_answer.version is null
union all
select 'warning_rules', count(*)
from warning_rules
left join warning_rules_answer on warning_rules.version = warning_rules_answer.version
where warning_rules_answer.version is null
union all
select 'strategies', count(*)
from strategy_use
left join strategy_answer on strategy_use.use_id = strategy_answer.use_id
where strategy_answer.use_id is null
union all
select 'money_cases', count(*) from money_case where closed_at is null
