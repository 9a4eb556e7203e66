-- name: add
insert into mandate (
    b, mandate_id, customer_id, account_token, text_name, text_version, text_language, text_sha256, code_id, signed_at
)
values (
    %(b)s, %(mandate_id)s, %(customer_id)s, %(account_token)s, %(text_name)s, %(text_version)s, %(text_language)s,
    %(text_sha256)s, %(code_id)s, %(signed_at)s
)
on conflict (b, mandate_id) do nothing

-- name: active
select
    b, mandate_id, customer_id, account_token, text_name, text_version, text_language, text_sha256, code_id, signed_at
from mandate
where
    b = %(b)s
    and customer_id = %(customer_id)s
    and not exists (
        select from mandate_end where mandate_end.b = %(b)s and mandate_end.mandate_id = mandate.mandate_id
    )
order by signed_at desc, mandate_id desc
limit 1

-- name: end
insert into mandate_end (b, mandate_id, reason, ended_at)
values (%(b)s, %(mandate_id)s, %(reason)s, %(ended_at)s)
on conflict (b, mandate_id) do nothing
