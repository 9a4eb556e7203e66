-- name: changes
-- fan-out: the console's list of moves of credit lines
select
    change_id, customer_id, currency, cause, move, before_minor, after_minor, points, rules_version, reasons, changed_by,
    happened_on, changed_at
from limit_change
where
    case when %(move)s::text is null then move <> 'kept' else move = %(move)s end
    and (%(cause)s::text is null or cause = %(cause)s)
    and (%(customer_id)s::uuid is null or customer_id = %(customer_id)s)
    and (%(from_at)s::timestamptz is null or changed_at >= %(from_at)s)
    and (%(until_at)s::timestamptz is null or changed_at < %(until_at)s)
