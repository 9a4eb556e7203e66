-- name: to_make
select risk_month.b, risk_month.month_on
from risk_month
left join credit_month
    on
        credit_month.b = any(%(lane)s::smallint [])
        and risk_month.b = credit_month.b
        and risk_month.month_on = credit_month.month_on
where
    risk_month.b = any(%(lane)s::smallint [])
    and credit_month.b is null
order by risk_month.month_on, risk_month.b

-- name: months
select
    loan_month.loan_id, loan.customer_id, loan_month.month_on, loan.drawn_on, loan_month.currency, loan_month.status,
    loan_month.days_past_due, loan_month.principal_minor as credit_minor, loan_month.owed_minor as balance_minor,
    loan_risk.category
from loan_month
inner join loan on loan.b = %(b)s and loan_month.loan_id = loan.loan_id
left join loan_risk
    on loan_risk.b = %(b)s and loan_month.loan_id = loan_risk.loan_id and loan_month.month_on = loan_risk.month_on
where
    loan_month.b = %(b)s
    and loan_month.month_on = %(month_on)s
    and (%(loan_id)s::uuid is null or loan_month.loan_id = %(loan_id)s)
order by loan_month.loan_id

-- name: add_record
insert into credit_record (
    b, loan_id, month_on, version, customer_id, currency, account_state, repayment, category, credit_minor,
    balance_minor, overdue_minor, overdue_count, overdue_31_minor, overdue_61_minor, overdue_91_minor,
    overdue_181_minor, since_on, why, made_by, made_at
)
values (
    %(b)s, %(loan_id)s, %(month_on)s, %(version)s, %(customer_id)s, %(currency)s, %(account_state)s, %(repayment)s,
    %(category)s, %(credit_minor)s, %(balance_minor)s, %(overdue_minor)s, %(overdue_count)s, %(overdue_31_minor)s,
    %(overdue_61_minor)s, %(overdue_91_minor)s, %(overdue_181_minor)s, %(since_on)s, %(why)s, %(made_by)s, %(made_at)s
)

-- name: wait
insert into credit_waiting (b, loan_id, month_on, version)
values (%(b)s, %(loan_id)s, %(month_on)s, %(version)s)
on conflict (b, loan_id, month_on) do update set version = excluded.version

-- name: wait_no_more
delete from credit_waiting as waiting
using unnest(
    %(bs)s::smallint [], %(loan_ids)s::uuid [], %(months)s::date [], %(versions)s::integer []
) as gone (b, loan_id, month_on, version)
where
    waiting.b = any(%(bs)s::smallint [])
    and waiting.b = gone.b
    and waiting.loan_id = gone.loan_id
    and waiting.month_on = gone.month_on
    and waiting.version = gone.version

-- name: close_month
insert into credit_month (b, month_on, record_count, made_at)
values (%(b)s, %(month_on)s, %(record_count)s, %(made_at)s)
on conflict (b, month_on) do nothing

-- name: latest
select
    loan_id, customer_id, month_on, version, currency, account_state, repayment, category, credit_minor, balance_minor,
    overdue_minor, overdue_count, overdue_31_minor, overdue_61_minor, overdue_91_minor, overdue_181_minor, since_on
from credit_record
where b = %(b)s and loan_id = %(loan_id)s and month_on = %(month_on)s
order by version desc
limit 1

-- name: to_foretell
select loan.b, loan.loan_id, loan.customer_id, loan.unpaid_due_on as since_on
from loan
left join credit_notice
    on
        credit_notice.b = any(%(lane)s::smallint [])
        and loan.b = credit_notice.b
        and loan.loan_id = credit_notice.loan_id
        and loan.unpaid_due_on = credit_notice.since_on
where
    loan.b = any(%(lane)s::smallint [])
    and loan.unpaid_due_on < %(late_before)s
    and loan.outstanding_minor > 0
    and credit_notice.b is null
order by loan.b, loan.loan_id

-- name: add_notice
insert into credit_notice (b, loan_id, since_on, customer_id, notice_id, planned_at)
values (%(b)s, %(loan_id)s, %(since_on)s, %(customer_id)s, %(notice_id)s, %(planned_at)s)
on conflict (b, loan_id, since_on) do nothing

-- name: to_send
-- fan-out: the file of a house gathers its records from every bucket
select
    record.b, record.loan_id, record.customer_id, record.month_on, record.version, record.currency,
    record.account_state, record.repayment, record.category, record.credit_minor, record.balance_minor,
    record.overdue_minor, record.overdue_count, record.overdue_31_minor, record.overdue_61_minor,
    record.overdue_91_minor, record.overdue_181_minor, record.since_on
from credit_waiting as waiting
inner join credit_record as record
    on
        waiting.b = record.b
        and waiting.loan_id = record.loan_id
        and waiting.month_on = record.month_on
        and waiting.version = record.version
where
    exists (
        select
        from consent
        where
            consent.b = record.b and consent.customer_id = record.customer_id
            and consent.purpose = 'credit_reporting'
    )
    and (
        record.since_on is null and record.account_state <> 'written_off'
        or (
            exists (
                select
                from credit_notice as told
                inner join contact on told.b = contact.b and told.notice_id = contact.contact_id
                where
                    told.b = record.b and told.loan_id = record.loan_id
                    and (record.since_on is null or told.since_on = record.since_on)
                    and contact.begun_at < %(told_before)s
            )
            and not exists (
                select
                from collection_hold as held
                left join collection_hold_end as ended on held.b = ended.b and held.hold_id = ended.hold_id
                where
                    held.b = record.b and held.customer_id = record.customer_id
                    and held.kind = 'dispute'
                    and (held.loan_id is null or held.loan_id = record.loan_id)
                    and ended.b is null
            )
            and not exists (
                select
                from complaint
                where
                    complaint.b = record.b and complaint.loan_id = record.loan_id
                    and complaint.cause = 'credit_record'
                    and complaint.state in ('received', 'acknowledged', 'proposed')
            )
        )
    )
order by record.b, record.loan_id, record.month_on, record.version
limit %(limit)s

-- name: add_file
insert into credit_file (
    file_id, made_on, record_count, content_hash, bureau, is_stand_in, state, reference, made_at, sent_at
)
values (
    %(file_id)s, %(made_on)s, %(record_count)s, %(content_hash)s, %(bureau)s, %(is_stand_in)s, %(state)s,
    %(reference)s, %(made_at)s, %(sent_at)s
)
on conflict (file_id) do nothing

-- name: files_of_day
select count(*) as file_count
from credit_file
where made_on = %(made_on)s

-- name: add_lines
insert into credit_line (b, loan_id, month_on, version, file_id)
select line.b, line.loan_id, line.month_on, line.version, %(file_id)s
from unnest(
    %(bs)s::smallint [], %(loan_ids)s::uuid [], %(months)s::date [], %(versions)s::integer []
) as line (b, loan_id, month_on, version)

-- name: unsent
select
    file_id, made_on, record_count, content_hash, bureau, is_stand_in, state, reference, made_at, sent_at, rejected_at,
    rejected_why
from credit_file
where state = 'made'
order by made_at, file_id

-- name: sent
update credit_file
set state = 'sent', reference = %(reference)s, sent_at = %(sent_at)s
where file_id = %(file_id)s and state = 'made'

-- name: rejected
update credit_file
set state = 'rejected', reference = %(reference)s, rejected_at = %(rejected_at)s, rejected_why = %(why)s
where file_id = %(file_id)s and state = 'made'

-- name: add_rejection
insert into credit_rejection (b, loan_id, month_on, version, why, rejected_at)
values (%(b)s, %(loan_id)s, %(month_on)s, %(version)s, %(why)s, %(rejected_at)s)
on conflict (b, loan_id, month_on, version) do nothing

-- name: is_rejected
select exists (
    select
    from credit_line as line
    left join credit_file as file on line.file_id = file.file_id
    left join credit_rejection as rejection
        on
            rejection.b = %(b)s and line.loan_id = rejection.loan_id and line.month_on = rejection.month_on
            and line.version = rejection.version
    where
        line.b = %(b)s and line.loan_id = %(loan_id)s and line.month_on = %(month_on)s
        and line.version = %(version)s and (file.state = 'rejected' or rejection.b is not null)
) as is_rejected

-- name: lock_file
select
    file_id, made_on, record_count, content_hash, bureau, is_stand_in, state, reference, made_at, sent_at, rejected_at,
    rejected_why
from credit_file
where file_id = %(file_id)s
for update

-- name: latest_of_file
-- fan-out: the records of one file of which there is no later version
select
    record.b, record.loan_id, record.customer_id, record.month_on, record.version, record.currency,
    record.account_state, record.repayment, record.category, record.credit_minor, record.balance_minor,
    record.overdue_minor, record.overdue_count, record.overdue_31_minor, record.overdue_61_minor,
    record.overdue_91_minor, record.overdue_181_minor, record.since_on
from credit_line as line
inner join credit_record as record
    on
        line.b = record.b
        and line.loan_id = record.loan_id
        and line.month_on = record.month_on
        and line.version = record.version
where
    line.file_id = %(file_id)s
    and not exists (
        select
        from credit_record as later
        where
            later.b = record.b and later.loan_id = record.loan_id and later.month_on = record.month_on
            and later.version > record.version
    )
order by record.b, record.loan_id, record.month_on

-- name: lines_of
-- fan-out: the records of one file
select
    record.b, record.loan_id, record.customer_id, record.month_on, record.version, record.currency,
    record.account_state, record.repayment, record.category, record.credit_minor, record.balance_minor,
    record.overdue_minor, record.overdue_count, record.overdue_31_minor, record.overdue_61_minor,
    record.overdue_91_minor, record.overdue_181_minor, record.since_on
from credit_line as line
inner join credit_record as record
    on
        line.b = record.b
        and line.loan_id = record.loan_id
        and line.month_on = record.month_on
        and line.version = record.version
where line.file_id = %(file_id)s
order by record.b, record.loan_id, record.month_on, record.version

-- name: persons
select b, customer_id, name_sealed, id_number_sealed
from customer
where b = any(%(bs)s::smallint []) and customer_id = any(%(customer_ids)s::uuid [])

-- name: files
select
    file_id, made_on, record_count, content_hash, bureau, is_stand_in, state, reference, made_at, sent_at, rejected_at,
    rejected_why
from credit_file
where %(state)s::text is null or state = %(state)s

-- name: listed
-- fan-out: what the bureau is told, over all buckets
select
    record.loan_id::text || '/' || record.month_on::text || '/' || record.version::text as record_key,
    record.b, record.loan_id, record.customer_id, record.month_on, record.version, record.currency,
    record.account_state, record.repayment, record.category, record.credit_minor, record.balance_minor,
    record.overdue_minor, record.overdue_count, record.overdue_31_minor, record.overdue_61_minor,
    record.overdue_91_minor, record.overdue_181_minor, record.since_on, record.why, record.made_by, record.made_at,
    line.file_id, case when rejection.b is null then file.sent_at end as sent_at, told.told_at,
    coalesce(rejection.why, file.rejected_why) as rejected_why
from credit_record as record
left join credit_line as line
    on
        record.b = line.b
        and record.loan_id = line.loan_id
        and record.month_on = line.month_on
        and record.version = line.version
left join credit_file as file on line.file_id = file.file_id
left join credit_rejection as rejection
    on
        line.b = rejection.b
        and line.loan_id = rejection.loan_id
        and line.month_on = rejection.month_on
        and line.version = rejection.version
left join lateral (
    select min(contact.begun_at) as told_at
    from credit_notice as notice
    inner join contact on notice.b = contact.b and notice.notice_id = contact.contact_id
    where
        notice.b = record.b and notice.loan_id = record.loan_id
        and (record.since_on is null or notice.since_on = record.since_on)
) as told on record.since_on is not null or record.account_state = 'written_off'
where
    (%(month_on)s::date is null or record.month_on = %(month_on)s)
    and (%(loan_id)s::uuid is null or record.loan_id = %(loan_id)s)
    and (%(file_id)s::uuid is null or line.file_id = %(file_id)s)
    and (not %(is_adverse)s or record.since_on is not null or record.account_state = 'written_off')
    and (not %(is_waiting)s or line.b is null)
    and (not %(is_corrected)s or record.version > 1)
    and (
        not %(is_rejected)s
        or (
            (rejection.b is not null or file.state = 'rejected')
            and not exists (
                select
                from credit_record as later
                where
                    later.b = record.b and later.loan_id = record.loan_id and later.month_on = record.month_on
                    and later.version > record.version
            )
        )
    )

-- name: of_customer
select
    record.loan_id::text || '/' || record.month_on::text || '/' || record.version::text as record_key,
    record.b, record.loan_id, record.customer_id, record.month_on, record.version, record.currency,
    record.account_state, record.repayment, record.category, record.credit_minor, record.balance_minor,
    record.overdue_minor, record.overdue_count, record.overdue_31_minor, record.overdue_61_minor,
    record.overdue_91_minor, record.overdue_181_minor, record.since_on, record.why, record.made_by, record.made_at,
    line.file_id, case when rejection.b is null then file.sent_at end as sent_at, told.told_at,
    coalesce(rejection.why, file.rejected_why) as rejected_why
from credit_record as record
left join credit_line as line
    on
        line.b = %(b)s
        and record.loan_id = line.loan_id
        and record.month_on = line.month_on
        and record.version = line.version
left join credit_file as file on line.file_id = file.file_id
left join credit_rejection as rejection
    on
        rejection.b = %(b)s
        and line.loan_id = rejection.loan_id
        and line.month_on = rejection.month_on
        and line.version = rejection.version
left join lateral (
    select min(contact.begun_at) as told_at
    from credit_notice as notice
    inner join contact on contact.b = %(b)s and notice.notice_id = contact.contact_id
    where
        notice.b = %(b)s and notice.loan_id = record.loan_id
        and (record.since_on is null or notice.since_on = record.since_on)
) as told on record.since_on is not null or record.account_state = 'written_off'
where record.b = %(b)s and record.customer_id = %(customer_id)s
order by record.month_on desc, record.loan_id, record.version desc
limit %(limit)s
