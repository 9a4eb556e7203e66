-- name: acted
-- fan-out: how often each action of collection was taken, by month
select action.month_on, action.name as action, count(*)::integer as action_count, sum(action.cost_minor)::bigint as cost_minor
from (
    select
        date_trunc('month', begun_at at time zone 'Asia/Shanghai')::date as month_on, channel as name, 0::bigint as cost_minor
    from contact
    where purpose = 'collection' and begun_at >= %(from_at)s and begun_at < %(until_at)s
    union all
    select
        date_trunc('month', recorded_at at time zone 'Asia/Shanghai')::date, 'legal',
        coalesce((detail ->> 'cost_minor')::bigint, 0)
    from collection_event
    where starts_with(what, 'legal_') and recorded_at >= %(from_at)s and recorded_at < %(until_at)s
    union all
    select date_trunc('month', assigned_at at time zone 'Asia/Shanghai')::date, 'agency', 0
    from agency_assignment
    where assigned_at >= %(from_at)s and assigned_at < %(until_at)s
) as action
group by action.month_on, action.name
order by action.month_on, action.name

-- name: commissions
-- fan-out: what agencies earned, by month
select date_trunc('month', booked_for::timestamp)::date as month_on, sum(commission_minor)::bigint as cost_minor
from commission
where booked_for >= %(from_on)s and booked_for < %(until_on)s
group by month_on
order by month_on

-- name: brought
-- fan-out: what late customers paid, by the last action before it
with paid as materialized (
    select
        loan.b, loan.customer_id, transaction.value_on,
        sum(
            case when debit.kind = 11 then leg.amount_minor else 0 end
            - case when credit.kind = 11 then leg.amount_minor else 0 end
        )::bigint as paid_minor
    from loan
    inner join transaction on loan.b = transaction.b and loan.loan_id = transaction.loan_id
    inner join transaction_kind
        on transaction.kind = transaction_kind.kind and transaction_kind.name in ('repay', 'recover')
    inner join leg on transaction.b = leg.b and transaction.seq_from = leg.seq_from
    inner join account as debit on leg.b = debit.b and leg.debit_id = debit.account_id
    inner join account as credit on leg.b = credit.b and leg.credit_id = credit.account_id
    where
        transaction.value_on >= %(from_on)s
        and transaction.value_on < %(until_on)s
        and exists (
            select
            from collection_case
            where
                collection_case.b = loan.b
                and collection_case.customer_id = loan.customer_id
                and collection_case.opened_on < transaction.value_on
                and (collection_case.closed_on is null or collection_case.closed_on >= transaction.value_on)
        )
    group by loan.b, loan.customer_id, transaction.value_on
)

select
    date_trunc('month', paid.value_on::timestamp)::date as month_on, coalesce(last.name, 'none') as action,
    count(*)::integer as payment_count, sum(paid.paid_minor)::bigint as brought_minor
from paid
left join lateral (
    select action.name
    from (
        select contact.channel as name, contact.begun_at as at
        from contact
        where contact.b = paid.b and contact.customer_id = paid.customer_id and contact.purpose = 'collection'
        union all
        select 'legal', collection_event.recorded_at
        from collection_event
        inner join collection_case
            on collection_event.b = collection_case.b and collection_event.case_id = collection_case.case_id
        where
            collection_event.b = paid.b
            and collection_case.customer_id = paid.customer_id
            and starts_with(collection_event.what, 'legal_')
        union all
        select 'agency', agency_assignment.effective_from::timestamp at time zone 'Asia/Shanghai'
        from agency_assignment
        where agency_assignment.b = paid.b and agency_assignment.customer_id = paid.customer_id
    ) as action
    where
        (action.at at time zone 'Asia/Shanghai')::date <= paid.value_on
        and (action.at at time zone 'Asia/Shanghai')::date > paid.value_on - %(days)s::integer
    order by action.at desc, action.name
    limit 1
) as last on true
group by month_on, action
order by month_on, action
