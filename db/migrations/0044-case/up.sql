create table review_case (
    b smallint not null,
    case_id uuid not null,
    customer_id uuid not null,
    kind text not null,
    level text not null,
    opened_at timestamptz not null,
    due_at timestamptz not null,
    expected_loss_minor bigint not null,
    taken_by text,
    taken_until timestamptz,
    closed_at timestamptz,
    closed_by text,
    disposition text,
    constraint review_case_pk primary key (b, case_id),
    constraint review_case_kind_known check (kind in ('referred', 'asked')),
    constraint review_case_level_known check (level in ('reviewer', 'lead')),
    constraint review_case_taken_whole check ((taken_by is null) = (taken_until is null)),
    constraint review_case_closed_whole check (
        (closed_at is null) = (closed_by is null) and (closed_at is null) = (disposition is null)
    )
);
select dist.bucket_table('review_case');
alter table review_case add constraint review_case_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create unique index review_case_open_unique on review_case (b, customer_id) where closed_at is null;
create index review_case_queue_ix on review_case (expected_loss_minor, case_id) where closed_at is null;
create index review_case_closed_ix on review_case (closed_at, case_id) where closed_at is not null;
create index review_case_due_ix on review_case (due_at) where closed_at is null and level = 'reviewer';

create table case_decision (
    b smallint not null,
    decision_id uuid not null,
    case_id uuid not null,
    added_at timestamptz not null,
    constraint case_decision_pk primary key (b, case_id, decision_id)
);
select dist.bucket_table('case_decision');
alter table case_decision add constraint case_decision_case_fk
foreign key (b, case_id) references review_case (b, case_id);
alter table case_decision add constraint case_decision_decision_fk
foreign key (b, decision_id) references decision (b, decision_id);
create index case_decision_decision_ix on case_decision (b, decision_id);
select dist.append_only('case_decision');

create table case_event (
    b smallint not null,
    case_event_id uuid not null,
    case_id uuid not null,
    what text not null,
    by text not null,
    text text not null,
    recorded_at timestamptz not null,
    constraint case_event_pk primary key (b, case_event_id)
);
select dist.bucket_table('case_event');
alter table case_event add constraint case_event_case_fk
foreign key (b, case_id) references review_case (b, case_id);
create index case_event_case_ix on case_event (b, case_id, recorded_at);
select dist.append_only('case_event');
