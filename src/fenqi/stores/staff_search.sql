-- name: checkouts_by_order
select unique_key.owner as checkout_id
from unique_key
where
    unique_key.b = any(%(lane)s::smallint [])
    and unique_key.kind = 'order_number'
    and unique_key.value = any(%(keys)s::bytea [])
order by unique_key.owner

-- name: customers_by_mask
-- fan-out: a masked mobile number is many people's
select customer_id
from customer
where mobile_masked = %(mobile_masked)s
order by customer_id
limit %(limit)s

-- name: bucket_of_transaction
select b
from transaction
where b = any(%(lane)s::smallint []) and transaction_id = %(transaction_id)s
