-- name: add
insert into warning_call (b, contact_id, step_id, warning_id, customer_id, begun_by, begun_at)
values (%(b)s, %(contact_id)s, %(step_id)s, %(warning_id)s, %(customer_id)s, %(begun_by)s, %(begun_at)s)
on conflict (b, contact_id) do nothing

-- name: add_answer
insert into warning_answer (
    b, contact_id, answered, said, pays_on, words, hardship_id, complaint_id, told_by, told_at
)
values (
    %(b)s, %(contact_id)s, %(answered)s, %(said)s, %(pays_on)s, %(words)s, %(hardship_id)s, %(complaint_id)s, %(told_by)s,
    %(told_at)s
)

-- name: is_one
select exists (select from warning_call where b = %(b)s and contact_id = %(contact_id)s) as is_so

-- name: of_warning
select
    call.b, call.contact_id, call.step_id, call.warning_id, call.customer_id, call.begun_by, call.begun_at, answer.answered,
    answer.said, answer.pays_on, answer.words, answer.hardship_id, answer.complaint_id, answer.told_by, answer.told_at
from warning_call as call
left join warning_answer as answer on answer.b = %(b)s and call.contact_id = answer.contact_id
where call.b = %(b)s and call.warning_id = %(warning_id)s
order by call.begun_at, call.contact_id

-- name: put_due
update warning set call_due_on = %(call_due_on)s
where b = %(b)s and warning_id = %(warning_id)s
