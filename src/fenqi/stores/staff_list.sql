-- name: decisions
-- fan-out: the staff list of decisions, by any of its sorts
select
    decision.decision_id, decision.checkout_id, decision.outcome, decision.points, decision.limit_minor,
    decision.strategy_version, decision.scorecard_version, decision.decided_at, answer.verdict
from decision
left join lateral (
    select review.verdict
    from review
    where review.b = decision.b and review.decision_id = decision.decision_id and review.verdict <> 'asked'
    order by review.recorded_at desc, review.review_id desc
    limit 1
) as answer on true
where
    (%(outcome)s::text is null or decision.outcome = %(outcome)s)
    and (
        not %(unanswered)s::boolean
        or (
            decision.outcome = 'refer'
            and answer.verdict is null
            and not exists (
                select order_freeze.freeze_id
                from order_freeze
                inner join freeze_answer
                    on order_freeze.b = freeze_answer.b and order_freeze.freeze_id = freeze_answer.freeze_id
                where order_freeze.b = decision.b and order_freeze.decision_id = decision.decision_id
                group by order_freeze.freeze_id, order_freeze.people_needed, order_freeze.goes_on_as
                having
                    bool_or(freeze_answer.verdict = 'reject')
                    or (count(*) >= order_freeze.people_needed and order_freeze.goes_on_as <> 'referred')
            )
        )
    )
    and (%(from_at)s::timestamptz is null or decision.decided_at >= %(from_at)s)
    and (%(until_at)s::timestamptz is null or decision.decided_at < %(until_at)s)
    and (%(strategy_version)s::text is null or decision.strategy_version = %(strategy_version)s)

-- name: loans
-- fan-out: the staff list of loans, by any of its sorts
select
    loan_id, checkout_id, merchant_id, product_id, status, principal_minor, outstanding_minor, overpaid_minor, currency,
    drawn_on, next_due_on, unpaid_due_on,
    coalesce((terms #>> '{policy,rolls_holidays}')::boolean, false) as rolls_holidays
from loan
where
    (%(status)s::text is null or status = %(status)s)
    and (
        %(late_on)s::date is null
        or (
            unpaid_due_on < %(late_on)s
            and unpaid_due_on < case
                when (terms #>> '{policy,rolls_holidays}')::boolean then %(late_before)s::date
                else %(late_on)s
            end
        )
    )
    and (%(merchant_id)s::uuid is null or merchant_id = %(merchant_id)s)
    and (%(product_id)s::text is null or product_id = %(product_id)s)
    and (%(from_on)s::date is null or drawn_on >= %(from_on)s)
    and (%(until_on)s::date is null or drawn_on < %(until_on)s)

-- name: accounts_of_kind
-- fan-out: the staff list of the accounts of a kind
select
    account.account_id, account_kind.name as kind, account.owner, ledger.currency, account.b as bucket,
    account.debits_posted, account.credits_posted, account.debits_pending, account.credits_pending,
    case account_kind.normal_side
        when 'debit' then account.debits_posted - account.credits_posted
        else account.credits_posted - account.debits_posted
    end as on_normal_side_minor
from account
inner join account_kind on account.kind = account_kind.kind
inner join ledger on account.ledger = ledger.ledger
where account.kind = (select of_name.kind from account_kind as of_name where of_name.name = %(kind)s)

-- name: accounts_of_owner
select
    account.account_id, account_kind.name as kind, account.owner, ledger.currency, account.b as bucket,
    account.debits_posted, account.credits_posted, account.debits_pending, account.credits_pending,
    case account_kind.normal_side
        when 'debit' then account.debits_posted - account.credits_posted
        else account.credits_posted - account.debits_posted
    end as on_normal_side_minor
from account
inner join account_kind on account.kind = account_kind.kind
inner join ledger on account.ledger = ledger.ledger
where
    account.b = any(%(lane)s::smallint []) and account.owner = %(owner)s
    and (%(kind)s::text is null or account_kind.name = %(kind)s)

-- name: open_items
-- fan-out: what a merchant is owed now
select
    b, item_id, merchant_id, checkout_id, order_number, kind, amount_minor, currency, effective_on, settlement_id
from merchant_item
where
    merchant_id = %(merchant_id)s and settlement_id is null
    and (%(kind)s::text is null or kind = %(kind)s)

-- name: settlement_items
-- fan-out: the lines of one settlement
select
    b, item_id, merchant_id, checkout_id, order_number, kind, amount_minor, currency, effective_on, settlement_id
from merchant_item
where
    settlement_id = %(settlement_id)s and merchant_id = %(merchant_id)s
    and (%(kind)s::text is null or kind = %(kind)s)

-- name: settlements
select
    b, settlement_id, merchant_id, until_on, currency, items_minor, carried_in_minor, paid_minor, carried_out_minor,
    item_count, payout_order_id, created_at
from settlement
where
    b = %(b)s and merchant_id = %(merchant_id)s
    and (%(from_on)s::date is null or until_on >= %(from_on)s)
    and (%(until_on)s::date is null or until_on < %(until_on)s)

-- name: merchants
select merchant_id, name_zh, name_en, discount_rate, payout_token, webhook_url, webhook_secret_sealed, is_stand_in
from merchant
where
    (%(merchant_id)s::uuid is null or merchant_id = %(merchant_id)s)
    and (
        %(name)s::text is null
        or position(lower(%(name)s) in lower(name_zh)) > 0
        or position(lower(%(name)s) in lower(name_en)) > 0
    )

-- name: first_bucket
-- fan-out: the first bucket in which anything was written
select b as bucket
from head
where last_seq > 0
order by b
limit 1

-- name: legs
select leg.seq, leg.effective_on, leg.value_on, leg.amount_minor
from leg
where
    leg.b = %(b)s
    and (
        %(loan_id)s::uuid is null
        or leg.seq_from in (
            select of_loan.seq_from
            from transaction as of_loan
            where of_loan.b = %(b)s and of_loan.loan_id = %(loan_id)s
        )
    )
    and (
        %(kind)s::text is null
        or leg.seq_from in (
            select of_kind.seq_from
            from transaction as of_kind
            inner join transaction_kind on of_kind.kind = transaction_kind.kind
            where of_kind.b = %(b)s and transaction_kind.name = %(kind)s
        )
    )
    and (
        %(account)s::text is null
        or leg.debit_id in (
            select debit.account_id
            from account as debit
            inner join account_kind on debit.kind = account_kind.kind
            where debit.b = %(b)s and account_kind.name = %(account)s
        )
        or leg.credit_id in (
            select credit.account_id
            from account as credit
            inner join account_kind on credit.kind = account_kind.kind
            where credit.b = %(b)s and account_kind.name = %(account)s
        )
    )
    and (%(from_on)s::date is null or leg.effective_on >= %(from_on)s)
    and (%(until_on)s::date is null or leg.effective_on < %(until_on)s)

-- name: journal
select
    b as bucket, seq, transaction_id, kind, effective_on, value_on, posted_at, debit_kind, debit_owner, credit_kind,
    credit_owner, amount_minor, currency, loan_id, reference, note
from journal
where b = %(b)s and seq = any(%(keys)s::bigint [])

-- name: audit
-- fan-out: the audit trail, by who, what, about what and when
select b, audit_id, actor_kind, actor, action, subject, detail, recorded_at
from audit
where
    (%(actor_kind)s::text is null or actor_kind = %(actor_kind)s)
    and (%(actor)s::text is null or actor = %(actor)s)
    and (%(action)s::text is null or action = %(action)s)
    and (%(subjects)s::text [] is null or subject = any(%(subjects)s))
    and (%(from_at)s::timestamptz is null or recorded_at >= %(from_at)s)
    and (%(until_at)s::timestamptz is null or recorded_at < %(until_at)s)

-- name: subjects_of_customer
select %(customer_id)s::uuid as subject
union
select loan_id from loan where b = %(b)s and customer_id = %(customer_id)s
union
select decision_id from decision where b = %(b)s and customer_id = %(customer_id)s
union
select checkout_id from decision where b = %(b)s and customer_id = %(customer_id)s
union
select case_id from review_case where b = %(b)s and customer_id = %(customer_id)s
union
select mandate_id from mandate where b = %(b)s and customer_id = %(customer_id)s

-- name: decisions_of_customer
select
    decision.decision_id, decision.checkout_id, decision.outcome, decision.points, decision.limit_minor,
    decision.strategy_version, decision.scorecard_version, decision.decided_at, null::text as verdict
from decision
where decision.b = %(b)s and decision.customer_id = %(customer_id)s
order by decision.decided_at desc, decision.decision_id desc
limit %(limit)s
