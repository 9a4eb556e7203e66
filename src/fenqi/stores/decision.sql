-- name: add
insert into decision (
    b, decision_id, customer_id, checkout_b, checkout_id, outcome, points, limit_minor, strategy_version,
    scorecard_version, rulepack_on, content, decided_at
)
values (
    %(b)s, %(decision_id)s, %(customer_id)s, %(checkout_b)s, %(checkout_id)s, %(outcome)s, %(points)s, %(limit_minor)s,
    %(strategy_version)s, %(scorecard_version)s, %(rulepack_on)s, %(content)s, %(decided_at)s
)

-- name: find
select
    b, decision_id, customer_id, checkout_b, checkout_id, outcome, points, limit_minor, strategy_version,
    scorecard_version, rulepack_on, content, decided_at
from decision
where b = %(b)s and decision_id = %(decision_id)s

-- name: standing
select
    (
        select count(distinct decision.checkout_id)
        from decision
        where
            decision.b = %(b)s
            and decision.customer_id = %(customer_id)s
            and decision.decided_at >= %(since)s
            and decision.checkout_id <> %(checkout_id)s
    ) as other_orders_count,
    (
        select count(*)
        from loan
        where
            loan.b = %(b)s
            and loan.customer_id = %(customer_id)s
            and loan.unpaid_due_on is not null
            and loan.unpaid_due_on < case
                when (loan.terms #>> '{policy,rolls_holidays}')::boolean then %(late_before)s::date
                else %(today)s::date
            end
    ) as late_count,
    exists (
        select
        from loan
        where
            loan.b = %(b)s
            and loan.customer_id = %(customer_id)s
            and (
                select
                    count(*) filter (where event.kind = 'fraud_flagged')
                    > count(*) filter (where event.kind = 'fraud_cleared')
                from loan_event as event
                where event.b = %(b)s and event.loan_id = loan.loan_id
            )
    ) as is_suspected,
    array(
        select owed.amount_minor
        from loan
        cross join lateral (
            select
                due.principal_minor + due.interest_minor + due.fee_minor + due.penalty_minor
                - due.paid_minor as amount_minor
            from instalment as due
            where due.b = %(b)s and due.loan_id = loan.loan_id and due.settled_on is null
            order by due.instalment
            limit 1
        ) as owed
        where loan.b = %(b)s and loan.customer_id = %(customer_id)s and loan.outstanding_minor > 0
    ) as next_due_minor,
    (
        select to_jsonb(line)
        from credit_standing as line
        where line.b = %(b)s and line.customer_id = %(customer_id)s
    ) as line

-- name: add_review
insert into review (b, review_id, decision_id, verdict, reason, staff_id, asked_by, recorded_at)
values (
    %(b)s, %(review_id)s, %(decision_id)s, %(verdict)s, %(reason)s, %(staff_id)s, %(asked_by)s, %(recorded_at)s
)

-- name: asked
select
    exists (
        select
        from review
        inner join decision on decision.b = %(b)s and review.decision_id = decision.decision_id
        where
            review.b = %(b)s
            and review.verdict = 'asked'
            and decision.customer_id = %(customer_id)s
            and decision.checkout_id = %(checkout_id)s
    ) as is_asked

-- name: reviews
select b, review_id, decision_id, verdict, reason, staff_id, asked_by, recorded_at
from review
where b = %(b)s and decision_id = %(decision_id)s
order by recorded_at, review_id
