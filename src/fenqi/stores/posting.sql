-- name: post
select post(
    %(p_bucket)s::smallint, %(p_buckets)s::smallint [], %(p_posted_at)s::timestamptz, %(t_bucket)s::smallint [],
    %(t_slot)s::smallint [], %(t_id)s::uuid [], %(t_hash)s::uuid [], %(t_kind)s::smallint [],
    %(t_effective_on)s::date [], %(t_value_on)s::date [], %(t_leg_from)s::integer [], %(t_leg_count)s::smallint [],
    %(t_is_forced)s::boolean [], %(t_loan_id)s::uuid [], %(t_reference)s::uuid [], %(t_captures)s::uuid [],
    %(t_note)s::text [], %(a_bucket)s::smallint [], %(a_id)s::uuid [], %(a_kind)s::smallint [], %(a_owner)s::uuid [],
    %(a_ledger)s::smallint [], %(a_floor_minor)s::bigint [], %(l_bucket)s::smallint [], %(l_transaction)s::integer [],
    %(l_debit)s::uuid [], %(l_credit)s::uuid [], %(l_amount_minor)s::bigint [], %(l_ledger)s::smallint [],
    %(c_bucket)s::smallint [], %(c_transaction)s::integer [], %(c_hold)s::uuid [], %(c_debit)s::uuid [],
    %(c_credit)s::uuid [], %(c_drawn_minor)s::bigint [], %(c_ledger)s::smallint []
) as outcomes

-- name: post_one
select post_one(
    %(p_bucket)s::smallint, %(p_posted_at)s::timestamptz, %(p_is_demanded)s::boolean, %(t_id)s::uuid, %(t_hash)s::uuid,
    %(t_kind)s::smallint, %(t_effective_on)s::date, %(t_value_on)s::date, %(t_is_forced)s::boolean,
    %(t_loan_id)s::uuid, %(t_reference)s::uuid, %(t_note)s::text, %(a_id)s::uuid [], %(a_kind)s::smallint [],
    %(a_owner)s::uuid [], %(a_ledger)s::smallint [], %(a_floor_minor)s::bigint [], %(a_debit)s::bigint [],
    %(a_credit)s::bigint [], %(l_debit)s::smallint [], %(l_credit)s::smallint [], %(l_amount_minor)s::bigint []
) as outcomes
