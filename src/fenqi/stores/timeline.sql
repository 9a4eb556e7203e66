-- name: of_customer
select 'loan' as kind, loan.loan_id as subject_id, loan.drawn_on::timestamp at time zone 'Asia/Shanghai' as at,
    loan.product_id as told, '' as by
from loan
where loan.b = %(b)s and loan.customer_id = %(customer_id)s
union all
(
    select 'contact' as kind, contact.contact_id as subject_id, contact.begun_at as at, contact.channel as told,
        contact.begun_by as by
    from contact
    where contact.b = %(b)s and contact.customer_id = %(customer_id)s
    order by contact.begun_at desc, contact.contact_id desc
    limit %(limit)s
)
union all
select 'hardship' as kind, request.request_id as subject_id, request.asked_at as at, request.cause as told,
    request.asked_by as by
from hardship_request as request
where request.b = %(b)s and request.customer_id = %(customer_id)s
union all
select 'complaint' as kind, complaint.complaint_id as subject_id, complaint.received_at as at, complaint.cause as told,
    complaint.received_by as by
from complaint
where complaint.b = %(b)s and complaint.customer_id = %(customer_id)s
union all
select 'warning' as kind, warning.warning_id as subject_id, warning.opened_on::timestamp at time zone 'Asia/Shanghai' as at,
    warning.points_max::text as told, '' as by
from warning
where warning.b = %(b)s and warning.customer_id = %(customer_id)s
union all
select 'warning_over' as kind, warning.warning_id as subject_id,
    warning.closed_on::timestamp at time zone 'Asia/Shanghai' as at, '' as told, '' as by
from warning
where warning.b = %(b)s and warning.customer_id = %(customer_id)s and warning.closed_on is not null
union all
select 'warning_step' as kind, step.warning_id as subject_id, step.judged_at as at,
    case when step.is_held_out then 'left_out' else step.action end as told, '' as by
from warning
inner join warning_step as step on step.b = %(b)s and warning.warning_id = step.warning_id
where warning.b = %(b)s and warning.customer_id = %(customer_id)s
union all
select 'warning_call' as kind, call.warning_id as subject_id, call.begun_at as at, '' as told, call.begun_by as by
from warning_call as call
where call.b = %(b)s and call.customer_id = %(customer_id)s
union all
select 'warning_answer' as kind, call.warning_id as subject_id, answer.told_at as at,
    coalesce('said_' || answer.said, 'answered_' || answer.answered) as told, answer.told_by as by
from warning_call as call
inner join warning_answer as answer on answer.b = %(b)s and call.contact_id = answer.contact_id
where call.b = %(b)s and call.customer_id = %(customer_id)s
order by at desc, kind, subject_id
limit %(limit)s
