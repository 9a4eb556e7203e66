-- name: add
insert into staff (staff_id, login, password_hash, roles, is_demo, created_at)
values (%(staff_id)s, %(login)s, %(password_hash)s, %(roles)s, %(is_demo)s, %(created_at)s)
on conflict (login) do nothing

-- name: by_login
select staff_id, login, password_hash, roles, is_demo from staff where login = %(login)s and disabled_at is null

-- name: open_session
insert into staff_session (token_hash, staff_id, created_at, expires_at)
values (%(token_hash)s, %(staff_id)s, %(created_at)s, %(expires_at)s)

-- name: of_session
select s.staff_id, s.login, s.password_hash, s.roles, s.is_demo
from staff_session as t
inner join staff as s on t.staff_id = s.staff_id
where t.token_hash = %(token_hash)s and t.ended_at is null and t.expires_at > %(at)s and s.disabled_at is null

-- name: end_session
update staff_session set ended_at = %(ended_at)s where token_hash = %(token_hash)s
