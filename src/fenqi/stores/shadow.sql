-- name: open_place
insert into shadow_place (use_id, after_id, is_over) values (%(use_id)s, %(after_id)s, false)
on conflict (use_id) do nothing

-- name: take_places
select use_id, after_id from shadow_place where not is_over order by use_id for update skip locked

-- name: move_places
update shadow_place
set after_id = greatest(shadow_place.after_id, %(after_id)s), is_over = shadow_place.use_id = any(%(over)s::uuid [])
where shadow_place.use_id = any(%(use_ids)s::uuid [])

-- name: decided
select decision_id, content, decided_at
from decision
where b = any(%(lane)s::smallint []) and decision_id > %(after_id)s and decision_id <= %(until_id)s
order by decision_id
limit %(most)s

-- name: add
insert into shadow_decision (b, decision_id, use_id, was, outcome, limit_minor, reasons)
select
    u.b,
    u.decision_id,
    u.use_id,
    u.was,
    u.outcome,
    u.limit_minor,
    case u.reasons when '' then '{}'::text [] else string_to_array(u.reasons, ',') end
from
    unnest(
        %(b)s::smallint [], %(decision_id)s::uuid [], %(use_id)s::uuid [], %(was)s::text [], %(outcome)s::text [],
        %(limit_minor)s::bigint [], %(reasons)s::text []
    ) as u (b, decision_id, use_id, was, outcome, limit_minor, reasons)

-- name: add_days
insert into shadow_day as known (use_id, on_day, was, outcome, decision_count, limit_moved_count)
select u.use_id, u.on_day, u.was, u.outcome, u.decision_count, u.limit_moved_count
from
    unnest(
        %(use_id)s::uuid [], %(on_day)s::date [], %(was)s::text [], %(outcome)s::text [], %(decision_count)s::bigint [],
        %(limit_moved_count)s::bigint []
    ) as u (use_id, on_day, was, outcome, decision_count, limit_moved_count)
on conflict (use_id, on_day, was, outcome) do update
set
    decision_count = known.decision_count + excluded.decision_count,
    limit_moved_count = known.limit_moved_count + excluded.limit_moved_count

-- name: add_reasons
insert into shadow_reason as known (use_id, on_day, was, outcome, reason, decision_count)
select u.use_id, u.on_day, u.was, u.outcome, u.reason, u.decision_count
from
    unnest(
        %(use_id)s::uuid [], %(on_day)s::date [], %(was)s::text [], %(outcome)s::text [], %(reason)s::text [],
        %(decision_count)s::bigint []
    ) as u (use_id, on_day, was, outcome, reason, decision_count)
on conflict (use_id, on_day, was, outcome, reason) do update
set decision_count = known.decision_count + excluded.decision_count

-- name: days
select use_id, on_day, was, outcome, decision_count, limit_moved_count
from shadow_day
where %(use_id)s::uuid is null or use_id = %(use_id)s::uuid
order by on_day desc, use_id, was, outcome

-- name: reasons
select on_day, was, outcome, reason, decision_count
from shadow_reason
where use_id = %(use_id)s
order by on_day desc, decision_count desc, reason

-- name: changed
-- fan-out: the latest decisions that a shadow would have made otherwise, from an index
select decision_id, was, outcome, limit_minor, reasons
from shadow_decision
where use_id = %(use_id)s and outcome <> was and decision_id < %(before_id)s
order by decision_id desc
limit %(most)s

-- name: open_places
select use_id, after_id from shadow_place where not is_over order by use_id
