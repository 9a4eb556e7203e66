-- name: waiting
-- fan-out: how much work waits for people in the queues that are asked for; nobody counts beyond %(most)s
select 'cases' as what, count(*) as waiting
from (
    select from review_case
    where 'cases' = any(%(queues)s::text []) and closed_at is null and (taken_until is null or taken_until <= %(at)s)
    limit %(most)s
) as queue
union all
select 'warnings', count(*)
from (
    select from warning where 'warnings' = any(%(queues)s::text []) and call_due_on <= %(on)s limit %(most)s
) as queue
union all
select 'hardship', count(*)
from (
    select from hardship_request
    where 'hardship' = any(%(queues)s::text []) and state = 'asked'
    limit %(most)s
) as queue
union all
select 'complaints', count(*)
from (
    select from complaint
    where 'complaints' = any(%(queues)s::text []) and state in ('received', 'acknowledged', 'proposed')
    limit %(most)s
) as queue
union all
select 'collection', count(*)
from (
    select from collection_case
    where
        'collection' = any(%(queues)s::text [])
        and closed_on is null
        and agency_id is null
        and (taken_until is null or taken_until <= %(at)s)
    limit %(most)s
) as queue
union all
select 'loan_changes', count(*)
from (
    select from loan_change
    where 'loan_changes' = any(%(queues)s::text []) and state = 'proposed'
    limit %(most)s
) as queue
union all
select 'special_limits', count(*)
from (
    select from limit_special
    where 'special_limits' = any(%(queues)s::text []) and state = 'proposed'
    limit %(most)s
) as queue
union all
select 'limit_rules', count(*)
from (
    select from limit_rules
    left join limit_rules_answer on limit_rules.version = limit_rules_answer.version
    where 'limit_rules' = any(%(queues)s::text []) and limit_rules_answer.version is null
    limit %(most)s
) as queue
union all
select 'warning_rules', count(*)
from (
    select from warning_rules
    left join warning_rules_answer on warning_rules.version = warning_rules_answer.version
    where 'warning_rules' = any(%(queues)s::text []) and warning_rules_answer.version is null
    limit %(most)s
) as queue
union all
select 'strategies', count(*)
from (
    select from strategy_use
    left join strategy_answer on strategy_use.use_id = strategy_answer.use_id
    where 'strategies' = any(%(queues)s::text []) and strategy_answer.use_id is null
    limit %(most)s
) as queue
union all
select 'money_cases', count(*)
from (
    select from money_case where 'money_cases' = any(%(queues)s::text []) and closed_at is null limit %(most)s
) as queue
