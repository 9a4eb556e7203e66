-- name: add
insert into collection_hold (b, hold_id, customer_id, loan_id, kind, about, begun_by, begun_at)
values (%(b)s, %(hold_id)s, %(customer_id)s, %(loan_id)s, %(kind)s, %(about)s, %(begun_by)s, %(begun_at)s)
on conflict (b, hold_id) do nothing

-- name: end
insert into collection_hold_end (b, hold_id, why, ended_by, ended_at)
values (%(b)s, %(hold_id)s, %(why)s, %(ended_by)s, %(ended_at)s)
on conflict (b, hold_id) do nothing

-- name: lasting
select b, hold_id, customer_id, loan_id, kind, about, begun_by, begun_at
from collection_hold
where
    b = any(%(lane)s::smallint [])
    and customer_id = any(%(customer_ids)s::uuid [])
    and not exists (
        select
        from collection_hold_end
        where
            collection_hold_end.b = any(%(lane)s::smallint [])
            and collection_hold_end.b = collection_hold.b
            and collection_hold_end.hold_id = collection_hold.hold_id
    )
order by customer_id, begun_at, hold_id
