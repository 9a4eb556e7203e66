-- name: add
insert into code (b, code_id, purpose, subject, mobile_index, digest, sent_at, tries)
values (%(b)s, %(code_id)s, %(purpose)s, %(subject)s, %(mobile_index)s, %(digest)s, %(sent_at)s, %(tries)s)

-- name: lock
select b, code_id, purpose, subject, mobile_index, digest, sent_at, tries, passed_at
from code
where b = %(b)s and code_id = %(code_id)s
for update

-- name: sent_since
select sent_at
from code
where b = %(b)s and mobile_index = %(mobile_index)s and purpose = %(purpose)s and sent_at >= %(since)s
order by sent_at

-- name: tried
update code set tries = %(tries)s, passed_at = %(passed_at)s where b = %(b)s and code_id = %(code_id)s

-- name: add_session
insert into customer_session (b, session_id, customer_id, token_hash, created_at, expires_at)
values (%(b)s, %(session_id)s, %(customer_id)s, %(token_hash)s, %(created_at)s, %(expires_at)s)

-- name: end_session
update customer_session set expires_at = %(ended_at)s
where b = %(b)s and session_id = %(session_id)s and expires_at > %(ended_at)s

-- name: session
select b, session_id, customer_id, token_hash, created_at, expires_at
from customer_session
where b = %(b)s and session_id = %(session_id)s
