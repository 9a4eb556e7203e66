-- name: add
insert into paper (
    b, paper_id, customer_id, about, name, media_type, byte_count, content_hash, content_sealed, added_by, added_at
)
values (
    %(b)s, %(paper_id)s, %(customer_id)s, %(about)s, %(name)s, %(media_type)s, %(byte_count)s, %(content_hash)s,
    %(content_sealed)s, %(added_by)s, %(added_at)s
)
on conflict (b, paper_id) do nothing

-- name: find
select
    b, paper_id, customer_id, about, name, media_type, byte_count, content_hash, content_sealed, added_by, added_at
from paper
where b = %(b)s and paper_id = %(paper_id)s

-- name: find_line
select b, paper_id, about, name, media_type, byte_count, added_by, added_at
from paper
where b = %(b)s and paper_id = %(paper_id)s

-- name: about
select b, paper_id, about, name, media_type, byte_count, added_by, added_at
from paper
where b = %(b)s and about = %(about)s
order by added_at, paper_id
