-- name: claim
insert into unique_key (b, kind, value, owner_b, owner)
values (%(b)s, %(kind)s, %(value)s, %(owner_b)s, %(owner)s)
on conflict do nothing

-- name: owner
select owner_b, owner from unique_key where b = %(b)s and kind = %(kind)s and value = %(value)s

-- name: add
insert into customer (b, customer_id, mobile_sealed, mobile_masked, assurance, created_at)
values (%(b)s, %(customer_id)s, %(mobile_sealed)s, %(mobile_masked)s, 'L1', %(created_at)s)

-- name: find
select
    b, customer_id, mobile_sealed, mobile_masked, name_sealed, id_number_sealed, birth_on, assurance, assured_by,
    created_at, assured_at
from customer
where b = %(b)s and customer_id = %(customer_id)s

-- name: applicant
select
    customer_session.customer_id, customer_session.token_hash, customer_session.expires_at, customer.name_sealed,
    customer.id_number_sealed,
    array(
        select consent.purpose || ':' || consent.recipient
        from consent
        where
            consent.b = %(b)s and consent.customer_id = customer_session.customer_id and consent.given_at <= %(at)s
    ) as consents
from customer_session
inner join customer on customer.b = %(b)s and customer_session.customer_id = customer.customer_id
where customer_session.b = %(b)s and customer_session.session_id = %(session_id)s

-- name: lock
select
    b, customer_id, mobile_sealed, mobile_masked, name_sealed, id_number_sealed, birth_on, assurance, assured_by,
    created_at, assured_at
from customer
where b = %(b)s and customer_id = %(customer_id)s
for update

-- name: assure
update customer
set
    name_sealed = %(name_sealed)s, id_number_sealed = %(id_number_sealed)s, birth_on = %(birth_on)s,
    assurance = %(assurance)s, assured_by = %(assured_by)s, assured_at = %(assured_at)s
where b = %(b)s and customer_id = %(customer_id)s

-- name: add_consent
insert into consent (
    b, consent_id, customer_id, purpose, recipient, text_name, text_version, text_language, text_sha256, given_at
)
values (
    %(b)s, %(consent_id)s, %(customer_id)s, %(purpose)s, %(recipient)s, %(text_name)s, %(text_version)s,
    %(text_language)s, %(text_sha256)s, %(given_at)s
)

-- name: consents
select
    b, consent_id, customer_id, purpose, recipient, text_name, text_version, text_language, text_sha256, given_at
from consent
where b = %(b)s and customer_id = %(customer_id)s
order by given_at, consent_id

-- name: add_outside_record
insert into outside_record (b, record_id, customer_id, kind, source, is_stand_in, content_sealed, observed_at)
values (
    %(b)s, %(record_id)s, %(customer_id)s, %(kind)s, %(source)s, %(is_stand_in)s, %(content_sealed)s, %(observed_at)s
)

-- name: latest_outside_record
select b, record_id, customer_id, kind, source, is_stand_in, content_sealed, observed_at
from outside_record
where b = %(b)s and customer_id = %(customer_id)s and kind = %(kind)s
order by observed_at desc, record_id desc
limit 1
