-- name: add_document
insert into document (
    b, document_id, customer_id, kind, language, template_version, content_hash, content_sealed, media_type, created_at
)
values (
    %(b)s, %(document_id)s, %(customer_id)s, %(kind)s, %(language)s, %(template_version)s, %(content_hash)s,
    %(content_sealed)s, %(media_type)s, %(created_at)s
)

-- name: document
select b, document_id, customer_id, kind, language, template_version, content_hash, content_sealed, media_type, created_at
from document
where b = %(b)s and document_id = %(document_id)s

-- name: add_shown
insert into shown (
    b, shown_id, customer_id, checkout_id, decision_id, offer, disclosure_id, agreement_document_id, read_seconds_min,
    shown_at
)
values (
    %(b)s, %(shown_id)s, %(customer_id)s, %(checkout_id)s, %(decision_id)s, %(offer)s, %(disclosure_id)s,
    %(agreement_document_id)s, %(read_seconds_min)s, %(shown_at)s
)

-- name: shown
select
    b, shown_id, customer_id, checkout_id, decision_id, offer, disclosure_id, agreement_document_id, read_seconds_min,
    shown_at
from shown
where b = %(b)s and shown_id = %(shown_id)s

-- name: add
insert into agreement (b, agreement_id, customer_id, checkout_b, checkout_id, shown_id, terms, evidence, signed_at)
values (
    %(b)s, %(agreement_id)s, %(customer_id)s, %(checkout_b)s, %(checkout_id)s, %(shown_id)s, %(terms)s, %(evidence)s,
    %(signed_at)s
)

-- name: find
select b, agreement_id, customer_id, checkout_b, checkout_id, shown_id, terms, evidence, signed_at
from agreement
where b = %(b)s and agreement_id = %(agreement_id)s

-- name: latest_shown
select
    b, shown_id, customer_id, checkout_id, decision_id, offer, disclosure_id, agreement_document_id, read_seconds_min,
    shown_at
from shown
where b = %(b)s and checkout_id = %(checkout_id)s
order by shown_at desc, shown_id desc
limit 1
