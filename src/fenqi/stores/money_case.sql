-- name: add
insert into money_case (
    b, case_id, kind, subject, on_day, ours_minor, theirs_minor, currency, opened_at, closed_at, closed_by, closed_how,
    closed_text
)
values (
    %(b)s, %(case_id)s, %(kind)s, %(subject)s, %(on_day)s, %(ours_minor)s, %(theirs_minor)s, %(currency)s,
    %(opened_at)s, %(closed_at)s, %(closed_by)s, %(closed_how)s, %(closed_text)s
)
on conflict do nothing

-- name: save
update money_case
set closed_at = %(closed_at)s, closed_by = %(closed_by)s, closed_how = %(closed_how)s, closed_text = %(closed_text)s
where b = %(b)s and case_id = %(case_id)s

-- name: lock
select
    b, case_id, kind, subject, on_day, ours_minor, theirs_minor, currency, opened_at, closed_at, closed_by, closed_how,
    closed_text
from money_case
where b = %(b)s and case_id = %(case_id)s
for update

-- name: lock_open_of
select
    b, case_id, kind, subject, on_day, ours_minor, theirs_minor, currency, opened_at, closed_at, closed_by, closed_how,
    closed_text
from money_case
where b = %(b)s and subject = %(subject)s and closed_at is null
order by case_id
for update

-- name: page
-- fan-out: cases about money, by any of their sorts
select
    b, case_id, kind, subject, on_day, ours_minor, theirs_minor, currency, opened_at, closed_at, closed_by, closed_how,
    closed_text
from money_case
where
    (%(kind)s::text is null or kind = %(kind)s)
    and (%(is_open)s::boolean is null or (closed_at is null) = %(is_open)s)
    and (%(from_on)s::date is null or on_day >= %(from_on)s)
    and (%(until_on)s::date is null or on_day < %(until_on)s)

-- name: add_file
insert into settlement_file (
    b, file_sha256, channel, settled_on, line_count, matched_count, concluded_count, break_count, cleared_minor,
    is_stand_in, read_at
)
values (
    %(b)s, %(file_sha256)s, %(channel)s, %(settled_on)s, %(line_count)s, %(matched_count)s, %(concluded_count)s,
    %(break_count)s, %(cleared_minor)s, %(is_stand_in)s, %(read_at)s
)
on conflict do nothing

-- name: file
select
    b, file_sha256, channel, settled_on, line_count, matched_count, concluded_count, break_count, cleared_minor,
    is_stand_in, read_at
from settlement_file
where b = %(b)s and file_sha256 = %(file_sha256)s

-- name: files
-- fan-out: the files of the channel, by any of their sorts
select
    b, file_sha256, channel, settled_on, line_count, matched_count, concluded_count, break_count, cleared_minor,
    is_stand_in, read_at
from settlement_file
where
    (not %(has_breaks)s::boolean or break_count > 0)
    and (%(from_on)s::date is null or settled_on >= %(from_on)s)
    and (%(until_on)s::date is null or settled_on < %(until_on)s)

-- name: add_transfer
insert into transfer (
    b, transfer_id, way, bank_reference, payer, remark, amount_minor, currency, received_on, state, customer_id,
    recorded_by, recorded_at
)
values (
    %(b)s, %(transfer_id)s, %(way)s, %(bank_reference)s, %(payer)s, %(remark)s, %(amount_minor)s, %(currency)s,
    %(received_on)s, %(state)s, %(customer_id)s, %(recorded_by)s, %(recorded_at)s
)
on conflict (b, transfer_id) do nothing

-- name: lock_transfer
select
    b, transfer_id, way, bank_reference, payer, remark, amount_minor, currency, received_on, state, customer_id,
    recorded_by, recorded_at
from transfer
where b = %(b)s and transfer_id = %(transfer_id)s
for update

-- name: save_transfer
update transfer
set state = %(state)s, customer_id = %(customer_id)s
where b = %(b)s and transfer_id = %(transfer_id)s
