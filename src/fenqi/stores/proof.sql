-- name: buckets
select
    head.b as bucket, head.last_seq, coalesce(leg_sum.leg_count, 0) as leg_count, coalesce(leg_sum.seq_min, 0) as seq_min,
    coalesce(leg_sum.seq_max, 0) as seq_max, coalesce(leg_sum.legs_minor, 0) as legs_minor,
    coalesce(transaction_sum.transaction_count, 0) as transaction_count,
    coalesce(transaction_sum.counted_legs, 0) as counted_legs, coalesce(account_sum.account_count, 0) as account_count,
    coalesce(account_sum.debits_minor, 0) as debits_minor, coalesce(account_sum.credits_minor, 0) as credits_minor,
    coalesce(hold_sum.hold_count, 0) as hold_count
from head
left join (
    select b, count(*) as leg_count, min(seq) as seq_min, max(seq) as seq_max, sum(amount_minor)::bigint as legs_minor
    from leg
    where b = any(%(lane)s::smallint [])
    group by b
) as leg_sum on head.b = leg_sum.b
left join (
    select b, count(*) as transaction_count, sum(leg_count)::bigint as counted_legs
    from transaction
    where b = any(%(lane)s::smallint [])
    group by b
) as transaction_sum on head.b = transaction_sum.b
left join (
    select
        b, count(*) as account_count, sum(debits_posted)::bigint as debits_minor,
        sum(credits_posted)::bigint as credits_minor
    from account
    where b = any(%(lane)s::smallint [])
    group by b
) as account_sum on head.b = account_sum.b
left join (
    select b, count(*) as hold_count
    from hold
    where b = any(%(lane)s::smallint [])
    group by b
) as hold_sum on head.b = hold_sum.b
where head.b = any(%(lane)s::smallint [])
order by head.b

-- name: accounts
select
    account.b as bucket, account.account_id, account_kind.name as kind, account.owner, ledger.currency, ledger.is_memo,
    account.floor_minor, account.debits_posted, account.credits_posted, account.debits_pending,
    account.credits_pending, coalesce(debit.minor, 0) as debits_summed, coalesce(credit.minor, 0) as credits_summed,
    coalesce(debit_hold.minor, 0) as debits_held, coalesce(credit_hold.minor, 0) as credits_held,
    coalesce(debit.was_forced, false) as was_forced
from account
inner join account_kind on account.kind = account_kind.kind
inner join ledger on account.ledger = ledger.ledger
left join (
    select leg.b, leg.debit_id, sum(leg.amount_minor)::bigint as minor, bool_or(transaction.is_forced) as was_forced
    from leg
    inner join transaction on leg.b = transaction.b and leg.seq_from = transaction.seq_from
    where leg.b = any(%(lane)s::smallint []) and transaction.b = any(%(lane)s::smallint [])
    group by leg.b, leg.debit_id
) as debit on account.b = debit.b and account.account_id = debit.debit_id
left join (
    select b, credit_id, sum(amount_minor)::bigint as minor
    from leg
    where b = any(%(lane)s::smallint [])
    group by b, credit_id
) as credit on account.b = credit.b and account.account_id = credit.credit_id
left join (
    select hold.b, hold.debit_id, sum(hold.amount_minor)::bigint as minor
    from hold
    left join hold_end
        on hold_end.b = any(%(lane)s::smallint []) and hold.b = hold_end.b and hold.hold_id = hold_end.hold_id
    where hold.b = any(%(lane)s::smallint []) and hold_end.hold_id is null
    group by hold.b, hold.debit_id
) as debit_hold on account.b = debit_hold.b and account.account_id = debit_hold.debit_id
left join (
    select hold.b, hold.credit_id, sum(hold.amount_minor)::bigint as minor
    from hold
    left join hold_end
        on hold_end.b = any(%(lane)s::smallint []) and hold.b = hold_end.b and hold.hold_id = hold_end.hold_id
    where hold.b = any(%(lane)s::smallint []) and hold_end.hold_id is null
    group by hold.b, hold.credit_id
) as credit_hold on account.b = credit_hold.b and account.account_id = credit_hold.credit_id
where account.b = any(%(lane)s::smallint [])
order by account.b, account.account_id

-- name: altered_transactions
select transaction.b as bucket, transaction.transaction_id as subject
from transaction
left join (
    select
        b, seq_from, count(*) as leg_count, min(seq) as seq_min, max(seq) as seq_max, min(effective_on) as effective_min,
        max(effective_on) as effective_max, min(value_on) as value_min, max(value_on) as value_max,
        string_agg(concat_ws('|', debit_id, credit_id, amount_minor, ledger), E'\n' order by seq) as legs
    from leg
    where b = any(%(lane)s::smallint [])
    group by b, seq_from
) as written on transaction.b = written.b and transaction.seq_from = written.seq_from
where
    transaction.b = any(%(lane)s::smallint [])
    and (
        written.leg_count is distinct from transaction.leg_count::bigint
        or written.seq_min <> transaction.seq_from
        or written.seq_max <> transaction.seq_from + transaction.leg_count - 1
        or (written.effective_min, written.effective_max) <> (transaction.effective_on, transaction.effective_on)
        or (written.value_min, written.value_max) <> (transaction.value_on, transaction.value_on)
        or transaction.payload_hash
        <> encode(
            substring(
                sha256(
                    convert_to(
                        concat_ws(
                            E'\n',
                            concat_ws(
                                '|',
                                transaction.b,
                                transaction.kind,
                                to_char(transaction.effective_on, 'YYYY-MM-DD'),
                                to_char(transaction.value_on, 'YYYY-MM-DD'),
                                coalesce(transaction.loan_id::text, ''),
                                coalesce(transaction.reference::text, ''),
                                coalesce(transaction.captures::text, ''),
                                transaction.is_forced::integer,
                                transaction.leg_count
                            ),
                            written.legs,
                            transaction.note
                        ),
                        'UTF8'
                    )
                ) from 1 for 16
            ),
            'hex'
        )::uuid
    )
order by transaction.b, transaction.seq_from

-- name: altered_holds
select hold.b as bucket, hold.hold_id as subject
from hold
left join hold_end
    on hold_end.b = any(%(lane)s::smallint []) and hold.b = hold_end.b and hold.hold_id = hold_end.hold_id
left join transaction
    on
        transaction.b = any(%(lane)s::smallint [])
        and hold_end.b = transaction.b
        and hold_end.transaction_id = transaction.transaction_id
left join leg on leg.b = any(%(lane)s::smallint []) and transaction.b = leg.b and transaction.seq_from = leg.seq
where
    hold.b = any(%(lane)s::smallint [])
    and (
        hold.payload_hash
        <> encode(
            substring(
                sha256(
                    convert_to(
                        concat_ws(
                            '|', hold.debit_id, hold.credit_id, hold.amount_minor, hold.ledger,
                            coalesce(hold.reference::text, '')
                        ),
                        'UTF8'
                    )
                ) from 1 for 16
            ),
            'hex'
        )::uuid
        or hold_end.captured_minor > hold.amount_minor
        or (
            hold_end.how = 'captured'
            and (transaction.captures, leg.debit_id, leg.credit_id, leg.amount_minor) is distinct from
            (hold.hold_id, hold.debit_id, hold.credit_id, hold_end.captured_minor)
        )
    )
order by hold.b, hold.hold_id

-- name: stray_captures
select transaction.b as bucket, transaction.transaction_id as subject
from transaction
left join hold_end
    on
        hold_end.b = any(%(lane)s::smallint [])
        and transaction.b = hold_end.b
        and transaction.captures = hold_end.hold_id
        and transaction.transaction_id = hold_end.transaction_id
where
    transaction.b = any(%(lane)s::smallint []) and transaction.captures is not null and hold_end.hold_id is null
order by transaction.b, transaction.transaction_id

-- name: late_transactions
select transaction.b as bucket, transaction.transaction_id as subject
from transaction
inner join closed_period
    on
        closed_period.b = any(%(lane)s::smallint [])
        and transaction.b = closed_period.b
        and transaction.effective_on < closed_period.closed_until
        and transaction.posted_at > closed_period.closed_at
where transaction.b = any(%(lane)s::smallint [])
order by transaction.b, transaction.transaction_id

-- name: mixed_legs
select leg.b as bucket, leg.seq::text as subject
from leg
left join account as debit on debit.b = any(%(lane)s::smallint []) and leg.b = debit.b and leg.debit_id = debit.account_id
left join account as credit
    on credit.b = any(%(lane)s::smallint []) and leg.b = credit.b and leg.credit_id = credit.account_id
where
    leg.b = any(%(lane)s::smallint [])
    and (debit.ledger is distinct from leg.ledger or credit.ledger is distinct from leg.ledger)
order by leg.b, leg.seq

-- name: loans
select
    loan.b as bucket, loan.loan_id, loan.customer_id, loan.merchant_id, loan.currency, loan.booked, loan.booked_on,
    fallen.fallen_interest_minor, fallen.fallen_fee_minor,
    coalesce(
        jsonb_object_agg(
            account_kind.name,
            case account_kind.normal_side
                when 'debit' then account.debits_posted - account.credits_posted
                else account.credits_posted - account.debits_posted
            end
        ) filter (where account.account_id is not null),
        '{}'::jsonb
    ) as balances
from loan
cross join lateral (
    select
        coalesce(sum(i.falls_interest_minor), 0)::bigint as fallen_interest_minor,
        coalesce(sum(i.falls_fee_minor), 0)::bigint as fallen_fee_minor
    from day_head
    inner join instalment as i on day_head.b = i.b
    where
        day_head.b = any(%(lane)s::smallint [])
        and i.b = any(%(lane)s::smallint [])
        and i.b = loan.b
        and i.loan_id = loan.loan_id
        and i.is_foretold
        and i.due_on > loan.booked_on
        and i.due_on <= day_head.earned_on
) as fallen
left join account on account.b = any(%(lane)s::smallint []) and loan.b = account.b and loan.loan_id = account.owner
left join account_kind on account.kind = account_kind.kind
where loan.b = any(%(lane)s::smallint [])
group by loan.b, loan.loan_id, fallen.fallen_interest_minor, fallen.fallen_fee_minor
order by loan.b, loan.loan_id
