-- name: plan_anew
select
    set_config('plan_cache_mode', 'force_custom_plan', true) as planned,
    set_config('statement_timeout', %(patience)s, true) as patience
