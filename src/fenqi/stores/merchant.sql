-- name: add
insert into merchant (
    merchant_id, name_zh, name_en, discount_rate, payout_token, webhook_url, webhook_secret_sealed, is_stand_in
)
values (
    %(merchant_id)s, %(name_zh)s, %(name_en)s, %(discount_rate)s, %(payout_token)s, %(webhook_url)s,
    %(webhook_secret_sealed)s, %(is_stand_in)s
)
on conflict (merchant_id) do nothing

-- name: find
select merchant_id, name_zh, name_en, discount_rate, payout_token, webhook_url, webhook_secret_sealed, is_stand_in
from merchant
where merchant_id = %(merchant_id)s

-- name: lock
select merchant_id, name_zh, name_en, discount_rate, payout_token, webhook_url, webhook_secret_sealed, is_stand_in
from merchant
where merchant_id = %(merchant_id)s
for no key update

-- name: every
select merchant_id, name_zh, name_en, discount_rate, payout_token, webhook_url, webhook_secret_sealed, is_stand_in
from merchant
order by merchant_id

-- name: set_webhook
update merchant
set webhook_url = %(webhook_url)s, webhook_secret_sealed = %(webhook_secret_sealed)s
where merchant_id = %(merchant_id)s

-- name: add_key
insert into api_key (api_key_id, merchant_id, key_hash, hint, created_at)
values (%(api_key_id)s, %(merchant_id)s, %(key_hash)s, %(hint)s, %(created_at)s)

-- name: api_key
select api_key_id, merchant_id, key_hash, revoked_at from api_key where key_hash = %(key_hash)s
