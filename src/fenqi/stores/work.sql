-- name: add_message
insert into outbox (
    b, message_id, channel, topic, merchant_id, customer_id, content, created_at, due_at, attempt_count
)
values (
    %(b)s, %(message_id)s, %(channel)s, %(topic)s, %(merchant_id)s, %(customer_id)s, %(content)s, %(created_at)s,
    %(due_at)s, 0
)
on conflict (b, message_id) do nothing

-- name: due_messages
select
    b, message_id, channel, topic, merchant_id, customer_id, content, created_at, due_at, attempt_count, delivered_at,
    abandoned_at, last_answer
from outbox
where
    b = any(%(lane)s::smallint []) and delivered_at is null and abandoned_at is null and due_at <= %(at)s
order by b, due_at, message_id
limit %(limit)s
for update skip locked

-- name: save_message
update outbox
set
    due_at = %(due_at)s, attempt_count = %(attempt_count)s, delivered_at = %(delivered_at)s,
    abandoned_at = %(abandoned_at)s, last_answer = %(last_answer)s
where b = %(b)s and message_id = %(message_id)s

-- name: messages_of_merchant
-- fan-out: a merchant's events, by key
select
    b, message_id, channel, topic, merchant_id, customer_id, content, created_at, due_at, attempt_count, delivered_at,
    abandoned_at, last_answer
from outbox
where merchant_id = %(merchant_id)s and (created_at, message_id) < (%(before_at)s, %(before_id)s)
order by created_at desc, message_id desc
limit %(limit)s

-- name: add_job
insert into job (b, job_id, kind, subject, due_at)
values (%(b)s, %(job_id)s, %(kind)s, %(subject)s, %(due_at)s)
on conflict (b, job_id) do nothing

-- name: due_jobs
select b, job_id, kind, subject, due_at
from job
where b = any(%(lane)s::smallint []) and done_at is null and due_at <= %(at)s
order by b, due_at, job_id
limit %(limit)s
for update skip locked

-- name: finish_job
update job set done_at = %(done_at)s, outcome = %(outcome)s where b = %(b)s and job_id = %(job_id)s

-- name: add_audit
insert into audit (b, audit_id, actor_kind, actor, action, subject, detail, recorded_at)
values (
    %(b)s, %(audit_id)s, %(actor_kind)s, %(actor)s, %(action)s, %(subject)s, %(detail)s, %(recorded_at)s
)
