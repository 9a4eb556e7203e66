create table credit_standing (
    b smallint not null,
    customer_id uuid not null,
    currency text not null,
    anchor_minor bigint not null,
    fixed_minor bigint not null,
    special_minor bigint not null,
    points integer,
    is_suspended boolean not null,
    takes_rises boolean not null,
    is_student boolean not null,
    monthly_income_minor bigint not null,
    outside_service_minor bigint not null,
    stated_on date not null,
    changed_on date not null,
    constraint credit_standing_pk primary key (b, customer_id),
    constraint credit_standing_not_negative check (
        anchor_minor >= 0 and fixed_minor >= 0 and special_minor >= 0
        and monthly_income_minor >= 0 and outside_service_minor >= 0
    )
);
select dist.bucket_table('credit_standing');
alter table credit_standing add constraint credit_standing_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);

create table limit_change (
    b smallint not null,
    change_id uuid not null,
    customer_id uuid not null,
    currency text not null,
    cause text not null,
    about uuid,
    move text not null,
    before_minor bigint not null,
    after_minor bigint not null,
    fixed_minor bigint not null,
    points integer,
    rules_version text not null,
    reasons jsonb not null,
    would_raise jsonb not null,
    content bytea,
    changed_by text not null,
    happened_on date not null,
    changed_at timestamptz not null,
    constraint limit_change_pk primary key (b, change_id),
    constraint limit_change_cause_known check (
        cause in (
            'application', 'month', 'became_late', 'caught_up', 'paid_off', 'charged_off', 'fraud_flagged', 'fraud_cleared',
            'held', 'released', 'special', 'special_over', 'stated'
        )
    ),
    constraint limit_change_move_known check (
        move in ('granted', 'kept', 'raised', 'lowered', 'suspended', 'resumed', 'special_granted', 'special_over')
    ),
    constraint limit_change_not_negative check (before_minor >= 0 and after_minor >= 0 and fixed_minor >= 0)
);
select dist.bucket_table('limit_change');
alter table limit_change add constraint limit_change_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index limit_change_customer_ix on limit_change (b, customer_id, changed_at, change_id);
create index limit_change_at_ix on limit_change (changed_at, change_id);
create index limit_change_after_ix on limit_change (after_minor, change_id);
create index limit_change_points_ix on limit_change (points, change_id);
select dist.append_only('limit_change');

create table limit_event (
    b smallint not null,
    event_id uuid not null,
    customer_id uuid not null,
    kind text not null,
    about uuid not null,
    recorded_at timestamptz not null,
    done_at timestamptz,
    constraint limit_event_pk primary key (b, event_id),
    constraint limit_event_kind_known check (
        kind in (
            'became_late', 'caught_up', 'paid_off', 'charged_off', 'fraud_flagged', 'fraud_cleared', 'held', 'released',
            'stated'
        )
    )
);
select dist.bucket_table('limit_event');
alter table limit_event add constraint limit_event_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index limit_event_open_ix on limit_event (b, recorded_at, event_id) where done_at is null;

create table limit_month (
    b smallint not null,
    month_on date not null,
    line_count integer not null,
    changed_count integer not null,
    rules_version text not null,
    refreshed_at timestamptz not null,
    constraint limit_month_pk primary key (b, month_on),
    constraint limit_month_lines_counted check (changed_count between 0 and line_count)
);
select dist.bucket_table('limit_month');
select dist.append_only('limit_month');

create table limit_head (
    b smallint not null,
    late_until date not null,
    constraint limit_head_pk primary key (b)
);
select dist.bucket_table('limit_head');
insert into limit_head (b, late_until) select b, '-infinity' from head;

create index loan_event_risk_ix on loan_event (b, loan_id)
where kind in ('fraud_flagged', 'fraud_cleared', 'charged_off');
create index payment_order_failed_ix on payment_order (b, customer_id, requested_on)
where kind = 'debit' and state = 'failed';

insert into credit_standing (
    b, customer_id, currency, anchor_minor, fixed_minor, special_minor, points, is_suspended, takes_rises, is_student,
    monthly_income_minor, outside_service_minor, stated_on, changed_on
)
select distinct on (granted.b, granted.customer_id)
    granted.b, granted.customer_id, 'CNY', granted.limit_minor, granted.limit_minor, 0, null, false, true,
    coalesce((granted.facts ->> 'student')::boolean, false),
    coalesce((granted.facts ->> 'monthly_income_minor')::bigint, 0),
    coalesce((granted.facts ->> 'bureau_debt_service_minor')::bigint, 0),
    granted.decided_on, granted.decided_on
from (
    select
        decision.b, decision.customer_id, decision.limit_minor, decision.decided_at,
        (decision.decided_at at time zone 'Asia/Shanghai')::date as decided_on,
        (
            select jsonb_object_agg(said.key, said.value)
            from jsonb_array_elements(convert_from(decision.content, 'UTF8')::jsonb -> 'facts') as source (stated)
            cross join jsonb_each(source.stated -> 'values') as said
        ) as facts
    from decision
    where
        decision.outcome = 'approve'
        or exists (
            select
            from review
            where review.b = decision.b and review.decision_id = decision.decision_id and review.verdict = 'approve'
        )
) as granted
order by granted.b, granted.customer_id, granted.decided_at desc;
