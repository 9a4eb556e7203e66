-- name: decisions
-- fan-out: the staff list of decisions, by key
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
    and (not %(unanswered)s::boolean or (decision.outcome = 'refer' and answer.verdict is null))
    and decision.decided_at >= %(from_at)s
    and (decision.decided_at, decision.decision_id) < (%(before_at)s, %(before_id)s)
order by decision.decided_at desc, decision.decision_id desc
limit %(limit)s

-- name: loans
-- fan-out: the staff list of loans, by key
select
    loan_id, checkout_id, merchant_id, product_id, status, principal_minor, outstanding_minor, overpaid_minor, currency,
    drawn_on, next_due_on, unpaid_due_on,
    coalesce((terms #>> '{policy,rolls_holidays}')::boolean, false) as rolls_holidays
from loan
where
    (%(status)s::text is null or status = %(status)s)
    and (
        not %(late)s::boolean
        or unpaid_due_on < case
            when (terms #>> '{policy,rolls_holidays}')::boolean then %(late_before)s::date
            else %(today)s::date
        end
    )
    and (drawn_on, loan_id) < (%(before_on)s, %(before_id)s)
order by drawn_on desc, loan_id desc
limit %(limit)s

-- name: accounts_of_kind
-- fan-out: the staff list of the accounts of a kind, by key
select
    account.account_id, account_kind.name as kind, account.owner, ledger.currency, account.b as bucket,
    account.debits_posted, account.credits_posted, account.debits_pending, account.credits_pending
from account
inner join account_kind on account.kind = account_kind.kind
inner join ledger on account.ledger = ledger.ledger
where account_kind.name = %(kind)s and account.account_id > %(after_id)s
order by account.account_id
limit %(limit)s

-- name: accounts_of_owner
select
    account.account_id, account_kind.name as kind, account.owner, ledger.currency, account.b as bucket,
    account.debits_posted, account.credits_posted, account.debits_pending, account.credits_pending
from account
inner join account_kind on account.kind = account_kind.kind
inner join ledger on account.ledger = ledger.ledger
where
    account.b = any(%(lane)s::smallint [])
    and account.owner = %(owner)s
    and account.account_id > %(after_id)s
order by account.account_id
limit %(limit)s

-- name: open_items
-- fan-out: what a merchant is owed now, by key
select b, item_id, merchant_id, checkout_id, order_number, kind, amount_minor, currency, effective_on, settlement_id
from merchant_item
where
    merchant_id = %(merchant_id)s and settlement_id is null and (effective_on, item_id) < (%(before_on)s, %(before_id)s)
order by effective_on desc, item_id desc
limit %(limit)s

-- name: decisions_of_customer
select
    decision.decision_id, decision.checkout_id, decision.outcome, decision.points, decision.limit_minor,
    decision.strategy_version, decision.scorecard_version, decision.decided_at, null::text as verdict
from decision
where decision.b = %(b)s and decision.customer_id = %(customer_id)s
order by decision.decided_at desc, decision.decision_id desc
limit %(limit)s
