-- name: add
insert into loan_change (
    b, change_id, loan_id, kind, content, reason, given_minor, state, is_alone, seen_seq, proposed_by, proposed_at,
    decided_by, decided_at, decided_why
)
values (
    %(b)s, %(change_id)s, %(loan_id)s, %(kind)s, %(content)s, %(reason)s, %(given_minor)s, %(state)s, %(is_alone)s,
    %(seen_seq)s, %(proposed_by)s, %(proposed_at)s, %(decided_by)s, %(decided_at)s, %(decided_why)s
)

-- name: decide
update loan_change
set
    state = %(state)s, seen_seq = %(seen_seq)s, decided_by = %(decided_by)s, decided_at = %(decided_at)s,
    decided_why = %(decided_why)s
where b = %(b)s and change_id = %(change_id)s

-- name: find
select
    b, change_id, loan_id, kind, content, reason, given_minor, state, is_alone, seen_seq, proposed_by, proposed_at,
    decided_by, decided_at, decided_why
from loan_change
where b = %(b)s and change_id = %(change_id)s

-- name: of_loan
select
    b, change_id, loan_id, kind, content, reason, given_minor, state, is_alone, seen_seq, proposed_by, proposed_at,
    decided_by, decided_at, decided_why
from loan_change
where b = %(b)s and loan_id = %(loan_id)s
order by proposed_at desc, change_id desc

-- name: given_alone
select coalesce(sum(given_minor), 0)::bigint as given_minor
from loan_change
where b = %(b)s and loan_id = %(loan_id)s and is_alone and state = 'posted'

-- name: waiting
-- fan-out: whoever approves looks for what waits anywhere, through an index of open changes alone
select
    b, change_id, loan_id, kind, content, reason, given_minor, state, is_alone, seen_seq, proposed_by, proposed_at,
    decided_by, decided_at, decided_why
from loan_change
where
    state = 'proposed'
    and (%(kind)s::text is null or kind = %(kind)s)
    and (%(proposed_by)s::text is null or proposed_by = %(proposed_by)s)
