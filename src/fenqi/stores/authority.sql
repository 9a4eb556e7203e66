-- name: add
insert into authority (kind, name, version, content, effective_from, proposed_by, approved_by, recorded_at)
values (
    %(kind)s, %(name)s, %(version)s, %(content)s, %(effective_from)s, %(proposed_by)s, %(approved_by)s, %(recorded_at)s
)
on conflict (kind, name, version) do nothing

-- name: versions
select kind, name, version, effective_from, proposed_by, approved_by, recorded_at
from authority
order by kind, name, recorded_at desc, version

-- name: content
select content from authority where kind = %(kind)s and version = %(version)s order by name limit 1

-- name: add_lender
insert into lender (lender_id, name_zh, name_en, lender_type, licence)
values (%(lender_id)s, %(name_zh)s, %(name_en)s, %(lender_type)s, %(licence)s)
on conflict (lender_id) do nothing

-- name: lender
select lender_id, name_zh, name_en, lender_type, licence from lender where lender_id = %(lender_id)s

-- name: lenders
select lender_id, name_zh, name_en, lender_type, licence from lender order by lender_id

-- name: add_phone
insert into phone (sku, brand, name_zh, name_en, storage, price_minor, currency, interest_free_tenors)
values (
    %(sku)s, %(brand)s, %(name_zh)s, %(name_en)s, %(storage)s, %(price_minor)s, %(currency)s, %(interest_free_tenors)s
)
on conflict (sku) do nothing

-- name: phones
select sku, brand, name_zh, name_en, storage, price_minor, currency, interest_free_tenors from phone order by sku

-- name: phones_named
select sku, brand, name_zh, name_en, storage, price_minor, currency, interest_free_tenors
from phone
where sku = any(%(skus)s::text [])
order by sku
