-- name: close_period
select close_period(
    %(b)s::smallint, %(lane)s::smallint [], %(closed_until)s::date, %(closed_at)s::timestamptz
) as closed_count

-- name: open_from
select b, open_from from head where b = any(%(lane)s::smallint []) order by b

-- name: balances
select account_id, debits_posted, credits_posted, debits_pending, credits_pending
from account
where b = any(%(lane)s::smallint []) and account_id = any(%(account_ids)s::uuid [])
order by b, account_id

-- name: balance_effective_on
select coalesce(sum(side.debit), 0)::bigint as debits_posted, coalesce(sum(side.credit), 0)::bigint as credits_posted
from (
    select sum(leg.amount_minor) as debit, 0 as credit
    from leg
    where leg.b = %(b)s and leg.debit_id = %(account_id)s and leg.effective_on <= %(day)s
    union all
    select 0, sum(leg.amount_minor)
    from leg
    where leg.b = %(b)s and leg.credit_id = %(account_id)s and leg.effective_on <= %(day)s
) as side

-- name: balance_value_on
select coalesce(sum(side.debit), 0)::bigint as debits_posted, coalesce(sum(side.credit), 0)::bigint as credits_posted
from (
    select sum(leg.amount_minor) as debit, 0 as credit
    from leg
    where leg.b = %(b)s and leg.debit_id = %(account_id)s and leg.value_on <= %(day)s
    union all
    select 0, sum(leg.amount_minor)
    from leg
    where leg.b = %(b)s and leg.credit_id = %(account_id)s and leg.value_on <= %(day)s
) as side

-- name: accounts_of
select
    account.account_id, account_kind.name as kind, account.owner, ledger.currency, account.b as bucket,
    account.debits_posted, account.credits_posted, account.debits_pending, account.credits_pending
from account
inner join account_kind on account.kind = account_kind.kind
inner join ledger on account.ledger = ledger.ledger
where account.b = %(b)s and account.owner = %(owner)s
order by account.kind, account.ledger

-- name: legs_of_loan
select
    b as bucket, seq, transaction_id, kind, effective_on, value_on, posted_at, debit_kind, debit_owner, credit_kind,
    credit_owner, amount_minor, currency, loan_id, reference, note
from journal
where b = %(b)s and loan_id = %(loan_id)s
order by seq

-- name: legs_of_transaction
select
    b as bucket, seq, transaction_id, kind, effective_on, value_on, posted_at, debit_kind, debit_owner, credit_kind,
    credit_owner, amount_minor, currency, loan_id, reference, note
from journal
where b = %(b)s and transaction_id = %(transaction_id)s
order by seq

-- name: trial_balance
-- fan-out: the balance of the whole book, by kind and currency
select
    account_kind.name as kind, ledger.currency, sum(account.debits_posted)::bigint as debits_posted,
    sum(account.credits_posted)::bigint as credits_posted
from account
inner join account_kind on account.kind = account_kind.kind
inner join ledger on account.ledger = ledger.ledger
group by account_kind.kind, account_kind.name, ledger.currency
order by account_kind.kind, ledger.currency
