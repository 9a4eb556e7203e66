create table collection_case (
    b smallint not null,
    case_id uuid not null,
    customer_id uuid not null,
    opened_on date not null,
    late_from_on date not null,
    days_past_due integer not null,
    loan_count integer not null,
    overdue_minor bigint not null,
    owed_minor bigint not null,
    stage text not null,
    risk text not null,
    strategy_version text not null,
    refreshed_on date not null,
    taken_by text,
    taken_until timestamptz,
    agency_id uuid,
    legal_step text,
    closed_on date,
    closed_why text,
    constraint collection_case_pk primary key (b, case_id),
    constraint collection_case_taken_whole check ((taken_by is null) = (taken_until is null)),
    constraint collection_case_closed_whole check ((closed_on is null) = (closed_why is null)),
    constraint collection_case_late_once check (late_from_on < refreshed_on or closed_on is not null)
);
select dist.bucket_table('collection_case');
alter table collection_case add constraint collection_case_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create unique index collection_case_open_unique on collection_case (b, customer_id) where closed_on is null;
create index collection_case_overdue_ix on collection_case (overdue_minor, case_id) where closed_on is null;
create index collection_case_days_ix on collection_case (days_past_due, case_id) where closed_on is null;

create table collection_event (
    b smallint not null,
    event_id uuid not null,
    case_id uuid not null,
    what text not null,
    by text not null,
    text text not null,
    detail jsonb not null,
    recorded_at timestamptz not null,
    constraint collection_event_pk primary key (b, event_id)
);
select dist.bucket_table('collection_event');
alter table collection_event add constraint collection_event_case_fk
foreign key (b, case_id) references collection_case (b, case_id);
create index collection_event_case_ix on collection_event (b, case_id, recorded_at);
create index collection_event_recorded_ix on collection_event (recorded_at);
select dist.append_only('collection_event');

create table promise (
    b smallint not null,
    promise_id uuid not null,
    case_id uuid not null,
    customer_id uuid not null,
    amount_minor bigint not null,
    promised_on date not null,
    made_by text not null,
    made_at timestamptz not null,
    made_on date not null,
    state text not null,
    paid_minor bigint not null,
    decided_on date,
    constraint promise_pk primary key (b, promise_id),
    constraint promise_state_known check (state in ('open', 'kept', 'broken', 'lapsed')),
    constraint promise_amount_positive check (amount_minor > 0 and paid_minor >= 0),
    constraint promise_not_in_the_past check (promised_on >= made_on),
    constraint promise_decided_whole check ((state = 'open') = (decided_on is null))
);
select dist.bucket_table('promise');
alter table promise add constraint promise_case_fk foreign key (b, case_id) references collection_case (b, case_id);
create unique index promise_open_unique on promise (b, case_id) where state = 'open';
create index promise_customer_ix on promise (b, customer_id);

create table collection_day (
    b smallint not null,
    closed_on date not null,
    constraint collection_day_pk primary key (b)
);
select dist.bucket_table('collection_day');
