-- name: add
insert into agency (
    agency_id, name, contract_from, contract_until, assessed_on, commission_permille, added_by, added_at
)
values (
    %(agency_id)s, %(name)s, %(contract_from)s, %(contract_until)s, %(assessed_on)s, %(commission_permille)s,
    %(added_by)s, %(added_at)s
)
on conflict (name) do nothing

-- name: every
select agency_id, name, contract_from, contract_until, assessed_on, commission_permille, added_by, added_at
from agency
order by name

-- name: find
select agency_id, name, contract_from, contract_until, assessed_on, commission_permille, added_by, added_at
from agency
where agency_id = %(agency_id)s

-- name: lock
select agency_id, name, contract_from, contract_until, assessed_on, commission_permille, added_by, added_at
from agency
where agency_id = %(agency_id)s
for update

-- name: put
update agency
set contract_until = %(contract_until)s, assessed_on = %(assessed_on)s
where agency_id = %(agency_id)s

-- name: add_change
insert into agency_change (change_id, agency_id, kind, was_on, is_on, why, changed_by, changed_at)
values (
    %(change_id)s, %(agency_id)s, %(kind)s, %(was_on)s, %(is_on)s, %(why)s, %(changed_by)s, %(changed_at)s
)

-- name: changes
select change_id, agency_id, kind, was_on, is_on, why, changed_by, changed_at
from agency_change
order by changed_at desc, change_id desc
limit %(limit)s

-- name: recall_over
update agency_assignment
set
    recalled_on = least(agency.contract_until, %(on)s), recalled_by = %(recalled_by)s, recalled_why = %(recalled_why)s
from agency
where
    agency_assignment.b = any(%(lane)s::smallint [])
    and agency_assignment.recalled_on is null
    and agency_assignment.agency_id = agency.agency_id
    and agency.contract_until <= %(on)s
    and (%(agency_id)s::uuid is null or agency.agency_id = %(agency_id)s)
returning agency_assignment.case_id, agency_assignment.assignment_id

-- name: add_member
insert into agency_member (login, agency_id, added_by, added_at)
values (%(login)s, %(agency_id)s, %(added_by)s, %(added_at)s)
on conflict (login) do nothing

-- name: of_member
select agency.agency_id, agency.name, agency.contract_from, agency.contract_until, agency.assessed_on,
    agency.commission_permille, agency.added_by, agency.added_at
from agency_member
inner join agency on agency_member.agency_id = agency.agency_id
where agency_member.login = %(login)s

-- name: add_assignment
insert into agency_assignment (
    b, assignment_id, case_id, customer_id, agency_id, effective_from, commission_permille, assigned_by, assigned_at,
    recalled_on, recalled_by, recalled_why
)
values (
    %(b)s, %(assignment_id)s, %(case_id)s, %(customer_id)s, %(agency_id)s, %(effective_from)s, %(commission_permille)s,
    %(assigned_by)s, %(assigned_at)s, %(recalled_on)s, %(recalled_by)s, %(recalled_why)s
)
on conflict do nothing

-- name: recall
update agency_assignment
set recalled_on = %(recalled_on)s, recalled_by = %(recalled_by)s, recalled_why = %(recalled_why)s
where b = %(b)s and assignment_id = %(assignment_id)s

-- name: open_of_case
select
    b, assignment_id, case_id, customer_id, agency_id, effective_from, commission_permille, assigned_by, assigned_at,
    recalled_on, recalled_by, recalled_why
from agency_assignment
where b = %(b)s and case_id = %(case_id)s and recalled_on is null

-- name: find_assignment
select
    b, assignment_id, case_id, customer_id, agency_id, effective_from, commission_permille, assigned_by, assigned_at,
    recalled_on, recalled_by, recalled_why
from agency_assignment
where b = %(b)s and assignment_id = %(assignment_id)s

-- name: earning
select
    b, assignment_id, case_id, customer_id, agency_id, effective_from, commission_permille, assigned_by, assigned_at,
    recalled_on, recalled_by, recalled_why
from agency_assignment
where
    b = any(%(lane)s::smallint [])
    and effective_from <= %(day)s
    and (
        recalled_on is null
        or recalled_on >= %(recalled_from)s
        or exists (
            select
            from commission
            where
                commission.b = any(%(lane)s::smallint [])
                and commission.b = agency_assignment.b
                and commission.assignment_id = agency_assignment.assignment_id
        )
    )
order by b, assignment_id
for update

-- name: booked
select assignment_id, sum(commission_minor)::bigint as commission_minor
from commission
where b = any(%(lane)s::smallint []) and assignment_id = any(%(assignment_ids)s::uuid [])
group by assignment_id

-- name: add_commission
insert into commission (b, commission_id, assignment_id, agency_id, booked_for, paid_minor, commission_minor)
values (
    %(b)s, %(commission_id)s, %(assignment_id)s, %(agency_id)s, %(booked_for)s, %(paid_minor)s, %(commission_minor)s
)
on conflict do nothing

-- name: figures
-- fan-out: what agencies have in hand and have earned
select
    agency.agency_id,
    (
        select count(*)::integer
        from agency_assignment
        where agency_assignment.agency_id = agency.agency_id and agency_assignment.recalled_on is null
    ) as case_count,
    coalesce(
        (select sum(commission.commission_minor) from commission where commission.agency_id = agency.agency_id), 0
    )::bigint as commission_minor
from agency
order by agency.agency_id

-- name: file
-- fan-out: the cases that an agency has in hand on a day
select
    collection_case.b, collection_case.case_id, collection_case.customer_id, collection_case.days_past_due,
    collection_case.overdue_minor, collection_case.owed_minor, collection_case.stage, agency_assignment.effective_from,
    customer.mobile_masked, customer.name_sealed
from agency_assignment
inner join collection_case
    on agency_assignment.b = collection_case.b and agency_assignment.case_id = collection_case.case_id
inner join customer on collection_case.b = customer.b and collection_case.customer_id = customer.customer_id
where
    agency_assignment.agency_id = %(agency_id)s
    and agency_assignment.recalled_on is null
    and agency_assignment.effective_from <= %(day)s
    and collection_case.closed_on is null
    and collection_case.case_id > %(after_id)s
order by collection_case.case_id
limit %(limit)s
