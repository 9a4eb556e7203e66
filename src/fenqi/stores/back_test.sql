-- name: add
insert into back_test (
    back_test_id, version, from_on, until_on, loss_percent, asked_by, asked_at, state, decision_count, lane_count, fault
)
values (
    %(back_test_id)s, %(version)s, %(from_on)s, %(until_on)s, %(loss_percent)s, %(asked_by)s, %(asked_at)s,
    'waiting', 0, 0, ''
)

-- name: find
select
    back_test_id, version, from_on, until_on, loss_percent, asked_by, asked_at, state, decision_count, lane_count,
    ended_at, fault, result
from back_test
where back_test_id = %(back_test_id)s

-- name: of_version
select
    back_test_id, version, from_on, until_on, loss_percent, asked_by, asked_at, state, decision_count, lane_count,
    ended_at, fault, null::jsonb as result
from back_test
where version = %(version)s
order by asked_at desc, back_test_id

-- name: take
update back_test
set state = 'running', decision_count = 0, lane_count = 0, working_at = %(at)s
where
    back_test_id = (
        select waiting.back_test_id
        from back_test as waiting
        where
            waiting.state = 'waiting'
            or (waiting.state = 'running' and waiting.working_at < %(silent_since)s)
        order by waiting.asked_at
        limit 1
        for update skip locked
    )
returning
    back_test_id, version, from_on, until_on, loss_percent, asked_by, asked_at, state, decision_count, lane_count,
    ended_at, fault, result

-- name: go_on
update back_test
set decision_count = %(decision_count)s, lane_count = %(lane_count)s, working_at = %(at)s
where back_test_id = %(back_test_id)s and state = 'running'

-- name: end
update back_test
set state = %(state)s, ended_at = %(at)s, fault = %(fault)s, result = %(result)s
where back_test_id = %(back_test_id)s and state in ('waiting', 'running')

-- name: decided
select
    decision.decision_id,
    decision.content,
    loan.product_id,
    case
        when
            exists (
                select
                from loan_event
                where
                    loan_event.b = %(b)s
                    and loan_event.loan_id = loan.loan_id
                    and loan_event.kind = 'charged_off'
            )
            or exists (
                select
                from loan_risk
                where
                    loan_risk.b = %(b)s
                    and loan_risk.loan_id = loan.loan_id
                    and loan_risk.category in ('substandard', 'doubtful', 'loss')
            )
            then true
        when loan.status = 'closed' then false
    end as is_bad
from decision
left join loan
    on
        loan.b = %(b)s
        and loan.customer_id = decision.customer_id
        and loan.checkout_id = decision.checkout_id
where
    decision.b = %(b)s
    and decision.decision_id > %(after)s
    and decision.decided_at >= %(from_at)s
    and decision.decided_at < %(until_at)s
order by decision.decision_id
limit %(most)s
