-- name: add_template
insert into notice_template (name, version, purpose, body_zh, body_en, proposed_by, proposed_at)
values (%(name)s, %(version)s, %(purpose)s, %(body_zh)s, %(body_en)s, %(proposed_by)s, %(proposed_at)s)
on conflict (name, version) do nothing

-- name: approve_template
insert into notice_template_approval (name, version, proposed_by, approved_by, approved_at, effective_from)
values (%(name)s, %(version)s, %(proposed_by)s, %(approved_by)s, %(approved_at)s, %(effective_from)s)
on conflict (name, version) do nothing

-- name: templates
select
    notice_template.name, notice_template.version, notice_template.purpose, notice_template.body_zh,
    notice_template.body_en, notice_template.proposed_by, notice_template.proposed_at,
    notice_template_approval.approved_by, notice_template_approval.approved_at, notice_template_approval.effective_from
from notice_template
left join notice_template_approval
    on
        notice_template.name = notice_template_approval.name
        and notice_template.version = notice_template_approval.version
order by notice_template.name, notice_template.version desc

-- name: plan
insert into notice (
    b, notice_id, customer_id, purpose, channel, template, loan_id, instalment, due_on, kind, currency, due_at, state,
    attempt_count, what
)
select
    loan.b,
    -- Its last byte is its bucket, as of every id in it.
    (
        left(md5(loan.loan_id || ':' || instalment.instalment || ':' || %(kind)s || ':' || channel.name), 30)
        || lpad(to_hex(loan.b::integer), 2, '0')
    )::uuid,
    loan.customer_id, %(purpose)s, channel.name, %(template)s, loan.loan_id, instalment.instalment, instalment.due_on,
    %(kind)s, loan.currency, %(due_at)s, 'waiting', 0, ''
from instalment
inner join loan on instalment.b = loan.b and instalment.loan_id = loan.loan_id
cross join unnest(%(channels)s::text []) as channel (name)
where
    instalment.b = any(%(lane)s::smallint [])
    and loan.b = any(%(lane)s::smallint [])
    and instalment.due_on between %(due_from)s and %(due_until)s
    and instalment.settled_on is null
on conflict (b, notice_id) do nothing

-- name: add
insert into notice (
    b, notice_id, customer_id, purpose, channel, template, due_on, kind, currency, due_at, state, attempt_count, what
)
select
    given.b, given.notice_id, given.customer_id, given.purpose, given.channel, given.template, given.due_on, given.kind,
    given.currency, given.due_at, 'waiting', 0, ''
from
    jsonb_to_recordset(%(rows)s) as given (
        b smallint, notice_id uuid, customer_id uuid, purpose text, channel text, template text, due_on date,
        kind text, currency text, due_at timestamptz
    )
on conflict (b, notice_id) do nothing

-- name: due
-- fan-out: what is to be sent now, by lane
select
    notice.b, notice.notice_id, notice.customer_id, notice.purpose, notice.channel, notice.template, notice.loan_id,
    notice.due_on, notice.kind, notice.currency, notice.due_at, notice.state, notice.attempt_count, notice.what,
    coalesce((
        select
            instalment.principal_minor + instalment.interest_minor + instalment.fee_minor + instalment.penalty_minor
            - instalment.paid_minor
        from instalment
        where
            instalment.b = notice.b
            and instalment.loan_id = notice.loan_id
            and instalment.instalment = notice.instalment
            and instalment.settled_on is null
    ), 0)::bigint as left_minor
from notice
where
    notice.b = any(%(lane)s::smallint []) and notice.state in ('waiting', 'begun') and notice.due_at <= %(at)s
order by notice.b, notice.due_at, notice.notice_id
limit %(limit)s
for update of notice skip locked

-- name: save
update notice
set
    state = given.state, due_at = given.due_at, attempt_count = given.attempt_count, what = given.what
from
    jsonb_to_recordset(%(rows)s) as given (
        b smallint, notice_id uuid, state text, due_at timestamptz, attempt_count smallint, what text
    )
where notice.b = any(%(lane)s::smallint []) and notice.b = given.b and notice.notice_id = given.notice_id

-- name: plan_one
insert into notice (
    b, notice_id, customer_id, purpose, channel, template, loan_id, instalment, due_on, kind, currency, due_at, state,
    attempt_count, what
)
values (
    %(b)s, %(notice_id)s, %(customer_id)s, %(purpose)s, %(channel)s, %(template)s, %(loan_id)s, %(instalment)s,
    %(due_on)s, %(kind)s, %(currency)s, %(due_at)s, 'waiting', 0, ''
)
on conflict (b, notice_id) do nothing
