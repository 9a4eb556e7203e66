-- name: add
insert into bill (
    b, bill_id, customer_id, mode, billed_on, due_on, currency, new_minor, carried_minor, document_id, created_at
)
values (
    %(b)s, %(bill_id)s, %(customer_id)s, %(mode)s, %(billed_on)s, %(due_on)s, %(currency)s, %(new_minor)s,
    %(carried_minor)s, %(document_id)s, %(created_at)s
)
on conflict (b, bill_id) do nothing

-- name: add_line
insert into bill_line (
    b, bill_id, loan_id, instalment, due_on, principal_minor, interest_minor, fee_minor, penalty_minor
)
values (
    %(b)s, %(bill_id)s, %(loan_id)s, %(instalment)s, %(due_on)s, %(principal_minor)s, %(interest_minor)s,
    %(fee_minor)s, %(penalty_minor)s
)

-- name: find
select b, bill_id, customer_id, mode, billed_on, due_on, currency, new_minor, carried_minor, document_id, created_at
from bill
where b = %(b)s and bill_id = %(bill_id)s

-- name: of_customer
select b, bill_id, customer_id, mode, billed_on, due_on, currency, new_minor, carried_minor, document_id, created_at
from bill
where b = %(b)s and customer_id = %(customer_id)s and (due_on, bill_id) < (%(before_on)s, %(before_id)s)
order by due_on desc, bill_id desc
limit %(limit)s

-- name: lines_of_customer
select
    bill_line.b, bill_line.bill_id, bill_line.loan_id, bill_line.instalment, bill_line.due_on,
    bill_line.principal_minor, bill_line.interest_minor, bill_line.fee_minor, bill_line.penalty_minor
from bill_line
inner join bill on bill.b = %(b)s and bill_line.bill_id = bill.bill_id
where bill_line.b = %(b)s and bill.customer_id = %(customer_id)s and bill_line.bill_id = any(%(bill_ids)s::uuid [])
order by bill_line.bill_id, bill_line.due_on, bill_line.loan_id, bill_line.instalment

-- name: unbilled
-- fan-out: whom to bill, by lane
select distinct loan.b, loan.customer_id
from instalment
inner join loan on instalment.b = loan.b and instalment.loan_id = loan.loan_id
where
    instalment.b = any(%(lane)s::smallint [])
    and instalment.due_on between %(from_on)s and %(until_on)s
    and instalment.settled_on is null
    and (loan.b, loan.customer_id) > (%(after_b)s, %(after_id)s)
    and not exists (
        select
        from bill_line
        inner join bill on bill_line.b = bill.b and bill_line.bill_id = bill.bill_id
        where
            bill_line.b = instalment.b
            and bill_line.loan_id = instalment.loan_id
            and bill_line.instalment = instalment.instalment
            and bill.due_on = instalment.due_on
    )
order by loan.b, loan.customer_id
limit %(limit)s
