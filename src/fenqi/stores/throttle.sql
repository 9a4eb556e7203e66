-- name: tried
insert into throttle as t (b, kind, subject, since, try_count)
values (%(b)s, %(kind)s, %(subject)s, %(at)s, 1)
on conflict (b, kind, subject) do update
set
    since = case when t.since <= %(over_since)s then %(at)s else t.since end,
    try_count = case when t.since <= %(over_since)s then 1 else least(t.try_count + 1, 10000) end
returning t.try_count, t.since

-- name: forget
delete from throttle where b = %(b)s and kind = %(kind)s and subject = %(subject)s
