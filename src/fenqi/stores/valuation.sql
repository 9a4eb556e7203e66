-- name: unvalued
select closed.b, closed.closed_on as month_on
from day_close as closed
where
    closed.b = any(%(lane)s::smallint [])
    and extract(day from closed.closed_on + 1) = 1
    and not exists (
        select
        from month_value as valued
        where
            valued.b = any(%(lane)s::smallint [])
            and valued.b = closed.b
            and valued.month_on = closed.closed_on
    )
order by closed.closed_on, closed.b

-- name: of_month
select month.loan_id
from loan_month as month
where month.b = %(b)s and month.month_on = %(day)s::date and month.status <> 'closed'
order by month.loan_id

-- name: open_loans
select loan.loan_id
from loan
where loan.b = %(b)s and loan.drawn_on <= %(day)s::date and (loan.outstanding_minor > 0 or loan.booked_on > %(day)s::date)
order by loan.loan_id

-- name: loan_columns
with picked as materialized (
    select
        loan.loan_id,
        loan.drawn_on,
        hashtextextended((loan.terms -> 'terms')::text || (loan.terms -> 'policy')::text, 0) as terms_key,
        loan.is_steady
        and loan.booked_on <= %(day)s::date
        and (
            select count(*) filter (where event.kind = 'disbursed') = 1 and bool_and(event.kind in ('disbursed', 'repaid'))
            from loan_event as event
            where event.b = %(b)s and event.loan_id = loan.loan_id
        ) as is_plain
    from loan
    where loan.b = %(b)s and loan.loan_id = any(%(loan_ids)s::uuid [])
)

select
    string_agg(uuid_send(loan_id), ''::bytea order by loan_id) as loan_id,
    string_agg(int8send((drawn_on - date '0001-01-01' + 1)::bigint), ''::bytea order by loan_id) as drawn_on,
    string_agg(int8send(terms_key), ''::bytea order by loan_id) as terms_key,
    string_agg(int8send(is_plain::integer::bigint), ''::bytea order by loan_id) as is_plain
from picked

-- name: row_columns
with picked as materialized (
    select due.*, dense_rank() over (order by due.loan_id) - 1 as place
    from instalment as due
    where due.b = %(b)s and due.loan_id = any(%(loan_ids)s::uuid [])
),

placed as materialized (
    select
        *,
        row_number() over (order by place, due_on, instalment) as ordered
    from picked
)

select
    string_agg(int8send(place), ''::bytea order by ordered) as loan_of,
    string_agg(int8send((due_on - date '0001-01-01' + 1)::bigint), ''::bytea order by ordered) as due_on,
    string_agg(
        int8send(principal_minor + interest_minor + fee_minor + penalty_minor - paid_minor), ''::bytea order by ordered
    ) as outstanding_minor,
    string_agg(int8send(principal_unpaid_minor), ''::bytea order by ordered) as principal_unpaid_minor,
    string_agg(int8send(late_weight), ''::bytea order by ordered) as late_weight,
    string_agg(
        int8send((coalesce(late_from_on, due_on) - date '0001-01-01' + 1)::bigint), ''::bytea order by ordered
    ) as late_from_on,
    string_agg(int8send(principal_minor), ''::bytea order by ordered) as principal_minor,
    string_agg(int8send(interest_minor), ''::bytea order by ordered) as interest_minor,
    string_agg(int8send(fee_minor), ''::bytea order by ordered) as fee_minor
from placed

-- name: terms_of
select distinct on (found.terms_key) found.terms_key, found.terms
from (
    select
        hashtextextended((loan.terms -> 'terms')::text || (loan.terms -> 'policy')::text, 0) as terms_key,
        loan.terms
    from loan
    where loan.b = %(b)s and loan.loan_id = any(%(loan_ids)s::uuid [])
) as found
order by found.terms_key

-- name: add_values
insert into loan_value (b, loan_id, month_on, interest_minor, fee_minor, payoff_minor)
select %(b)s, given.loan_id, %(day)s, given.interest_minor, given.fee_minor, given.payoff_minor
from unnest(
    %(loan_ids)s::uuid [], %(interest_minor)s::bigint [], %(fee_minor)s::bigint [], %(payoff_minor)s::bigint []
) as given (loan_id, interest_minor, fee_minor, payoff_minor)

-- name: mark
insert into month_value (b, month_on, loan_count, replayed_count, valued_at)
values (%(b)s, %(day)s, %(loan_count)s, %(replayed_count)s, %(valued_at)s)
on conflict do nothing

-- name: months
-- fan-out: what all loans were worth at the ends of months
select
    month.month_on, count(*)::integer as loan_count, sum(month.owed_minor)::bigint as owed_minor,
    sum(value.interest_minor)::bigint as interest_minor, sum(value.fee_minor)::bigint as fee_minor,
    sum(value.payoff_minor)::bigint as payoff_minor
from loan_month as month
inner join loan_value as value
    on month.b = value.b and month.loan_id = value.loan_id and month.month_on = value.month_on
where month.month_on > %(after_on)s and month.currency = %(currency)s
group by month.month_on
order by month.month_on
