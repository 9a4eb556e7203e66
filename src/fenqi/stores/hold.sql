-- name: add
select hold_amount(
    %(b)s::smallint, %(hold_id)s::uuid, %(hash)s::uuid, %(account_id)s::uuid [], %(kind)s::smallint [],
    %(owner)s::uuid [], %(floor_minor)s::bigint [], %(ledger)s::smallint, %(amount_minor)s::bigint,
    %(reference)s::uuid, %(held_at)s::timestamptz, %(expires_at)s::timestamptz
) as outcome

-- name: release
select release_hold(%(b)s::smallint, %(hold_id)s::uuid, %(how)s::text, %(ended_at)s::timestamptz) as outcome

-- name: find
select
    hold.b as bucket, hold.hold_id, hold.amount_minor, hold.reference, hold.held_at, hold.expires_at, hold_end.how,
    hold_end.captured_minor, hold_end.transaction_id, hold_end.ended_at
from hold
left join hold_end on hold_end.b = %(b)s and hold.b = hold_end.b and hold.hold_id = hold_end.hold_id
where hold.b = %(b)s and hold.hold_id = %(hold_id)s
