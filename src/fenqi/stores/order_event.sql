-- name: add
insert into order_event (
    b, order_event_id, log_position, kind, at, amount_minor, currency, customer, device, ip, address, merchant, card,
    contact, checkout_id, region
)
values (
    %(b)s, %(order_event_id)s, next_order_position(), %(kind)s, %(at)s, %(amount_minor)s, %(currency)s, %(customer)s,
    %(device)s, %(ip)s, %(address)s, %(merchant)s, %(card)s, %(contact)s, %(checkout_id)s, %(region)s
)
returning log_position as position

-- name: last_position
-- fan-out: where the log ends, over all buckets, from the index
select coalesce(max(log_position), 0)::bigint as position
from order_event

-- name: after
-- fan-out: the log in its order, behind a position
select
    b, order_event_id, log_position, kind, at, amount_minor, currency, customer, device, ip, address, merchant, card,
    contact, checkout_id, region
from order_event
where (log_position, order_event_id) > (%(position)s::bigint, %(order_event_id)s::uuid)
order by log_position, order_event_id
limit %(limit)s

-- name: at_positions
-- fan-out: what became of a few places in the log
select
    b, order_event_id, log_position, kind, at, amount_minor, currency, customer, device, ip, address, merchant, card,
    contact, checkout_id, region
from order_event
where log_position = any(%(positions)s::bigint [])
order by log_position, order_event_id

-- name: shared_lately
-- fan-out: the degraded mode asks how many people share a device or an address
select
    (
        select count(distinct by_device.customer)
        from order_event as by_device
        where by_device.kind = 'ordered' and by_device.device = %(device)s and by_device.at >= %(since)s
    )::integer as device_customers,
    (
        select count(distinct by_address.customer)
        from order_event as by_address
        where by_address.kind = 'ordered' and by_address.address = %(address)s and by_address.at >= %(since)s
    )::integer as address_customers
