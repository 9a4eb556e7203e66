-- name: hold_customers
select b, customer_id, mobile_sealed
from customer
where b = any(%(lane)s::smallint []) and customer_id = any(%(customer_ids)s::uuid [])
order by b, customer_id
for update

-- name: since
-- fan-out: contacts of those who are to be contacted now, by lane
select
    contact.customer_id, contact.purpose, contact.channel, contact.number, contact.begun_at,
    exists (
        select
        from contact_result
        where
            contact_result.b = contact.b
            and contact_result.contact_id = contact.contact_id
            and contact_result.result = 'unanswered'
    ) as is_unanswered
from contact
where
    contact.b = any(%(lane)s::smallint [])
    and contact.customer_id = any(%(customer_ids)s::uuid [])
    and contact.begun_at >= %(since)s
order by contact.begun_at, contact.contact_id

-- name: stops
select distinct on (customer_id, kind) customer_id, kind, lasts
from contact_stop
where b = any(%(lane)s::smallint []) and customer_id = any(%(customer_ids)s::uuid [])
order by customer_id, kind, said_at desc, stop_id desc

-- name: preferences
select distinct on (customer_id, purpose, channel) customer_id, purpose, channel, is_on
from contact_preference
where b = any(%(lane)s::smallint []) and customer_id = any(%(customer_ids)s::uuid [])
order by customer_id, purpose, channel, said_at desc, preference_id desc

-- name: add
insert into contact (
    b, contact_id, customer_id, purpose, channel, number, template, template_version, content, about, begun_at, begun_by
)
select
    given.b, given.contact_id, given.customer_id, given.purpose, given.channel, given.number, given.template,
    given.template_version, given.content, given.about, given.begun_at, given.begun_by
from
    jsonb_to_recordset(%(rows)s) as given (
        b smallint, contact_id uuid, customer_id uuid, purpose text, channel text, number bytea, template text,
        template_version integer, content text, about uuid, begun_at timestamptz, begun_by text
    )
on conflict (b, contact_id) do nothing

-- name: add_results
insert into contact_result (b, contact_id, result, reference, told_at)
select given.b, given.contact_id, given.result, given.reference, %(told_at)s
from
    jsonb_to_recordset(%(rows)s) as given (b smallint, contact_id uuid, result text, reference text)
on conflict (b, contact_id, result) do nothing

-- name: find
select
    b, contact_id, customer_id, purpose, channel, number, template, template_version, content, about, begun_at, begun_by
from contact
where b = %(b)s and contact_id = %(contact_id)s

-- name: of_customer
select
    contact.contact_id, contact.purpose, contact.channel, contact.template, contact.template_version, contact.content,
    contact.about, contact.begun_at, contact.begun_by,
    array(
        select contact_result.result
        from contact_result
        where contact_result.b = %(b)s and contact_result.contact_id = contact.contact_id
        order by contact_result.told_at, contact_result.result
    ) as results
from contact
where
    contact.b = %(b)s
    and contact.customer_id = %(customer_id)s
    and (%(channel)s::text = '' or contact.channel = %(channel)s)
    and (contact.begun_at, contact.contact_id) < (%(before_at)s, %(before_id)s)
order by contact.begun_at desc, contact.contact_id desc
limit %(limit)s

-- name: add_stop
insert into contact_stop (b, stop_id, customer_id, kind, lasts, said_by, said_at)
values (%(b)s, %(stop_id)s, %(customer_id)s, %(kind)s, %(lasts)s, %(said_by)s, %(said_at)s)
on conflict (b, stop_id) do nothing

-- name: add_preference
insert into contact_preference (b, preference_id, customer_id, purpose, channel, is_on, said_at)
values (%(b)s, %(preference_id)s, %(customer_id)s, %(purpose)s, %(channel)s, %(is_on)s, %(said_at)s)

-- name: languages
-- What was said counts before what was signed, and of each the last.
select distinct on (spoken.customer_id) spoken.customer_id, spoken.language
from (
    select customer_id, language, said_at, true as is_said
    from contact_language
    where b = any(%(lane)s::smallint []) and customer_id = any(%(customer_ids)s::uuid [])
    union all
    select customer_id, language, created_at, false
    from document
    where b = any(%(lane)s::smallint []) and customer_id = any(%(customer_ids)s::uuid []) and kind = 'agreement'
) as spoken
order by spoken.customer_id, spoken.is_said desc, spoken.said_at desc

-- name: add_language
insert into contact_language (b, language_id, customer_id, language, said_at)
values (%(b)s, %(language_id)s, %(customer_id)s, %(language)s, %(said_at)s)

-- name: log
-- fan-out: the staff list of contacts, by any of its sorts
select
    contact.contact_id, contact.purpose, contact.channel, contact.template, contact.template_version, contact.content,
    contact.about, contact.begun_at, contact.begun_by, told.results, contact.customer_id
from contact
cross join lateral (
    select coalesce(array_agg(contact_result.result order by contact_result.told_at, contact_result.result), '{}') as results
    from contact_result
    where contact_result.b = contact.b and contact_result.contact_id = contact.contact_id
) as told
where
    (%(purpose)s::text is null or contact.purpose = %(purpose)s)
    and (%(channel)s::text is null or contact.channel = %(channel)s)
    and (%(result)s::text is null or %(result)s = any(told.results))
    and (%(begun_by)s::text is null or contact.begun_by = %(begun_by)s)
    and (%(from_at)s::timestamptz is null or contact.begun_at >= %(from_at)s)
    and (%(until_at)s::timestamptz is null or contact.begun_at < %(until_at)s)

-- name: results
select b, contact_id, result, reference
from contact_result
where b = %(b)s and contact_id = %(contact_id)s
order by told_at, result
