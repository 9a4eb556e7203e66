create table decision (
    b smallint not null,
    decision_id uuid not null,
    customer_id uuid not null,
    checkout_b smallint not null,
    checkout_id uuid not null,
    outcome text not null,
    points integer,
    limit_minor bigint not null,
    strategy_version text not null,
    scorecard_version text not null,
    rulepack_on date not null,
    content bytea not null,
    decided_at timestamptz not null,
    constraint decision_pk primary key (b, decision_id),
    constraint decision_outcome_known check (outcome in ('approve', 'refer', 'decline'))
);
select dist.bucket_table('decision');
alter table decision add constraint decision_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index decision_customer_ix on decision (b, customer_id, decided_at);
create index decision_outcome_ix on decision (outcome, decided_at, decision_id);
select dist.append_only('decision');

create table review (
    b smallint not null,
    review_id uuid not null,
    decision_id uuid not null,
    verdict text not null,
    reason text not null,
    staff_id uuid,
    asked_by text not null,
    recorded_at timestamptz not null,
    constraint review_pk primary key (b, review_id),
    constraint review_verdict_known check (verdict in ('asked', 'approve', 'decline'))
);
select dist.bucket_table('review');
alter table review add constraint review_decision_fk
foreign key (b, decision_id) references decision (b, decision_id);
create index review_decision_ix on review (b, decision_id, recorded_at);
select dist.append_only('review');

create table document (
    b smallint not null,
    document_id uuid not null,
    customer_id uuid not null,
    kind text not null,
    language text not null,
    template_version text not null,
    content_hash text not null,
    content_sealed bytea not null,
    media_type text not null,
    created_at timestamptz not null,
    constraint document_pk primary key (b, document_id),
    constraint document_kind_known check (kind in ('disclosure', 'agreement', 'plan'))
);
select dist.bucket_table('document');
alter table document add constraint document_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index document_customer_ix on document (b, customer_id, created_at);
select dist.append_only('document');

create table shown (
    b smallint not null,
    shown_id uuid not null,
    customer_id uuid not null,
    checkout_id uuid not null,
    decision_id uuid not null,
    offer jsonb not null,
    disclosure_id uuid not null,
    agreement_document_id uuid not null,
    read_seconds_min integer not null,
    shown_at timestamptz not null,
    constraint shown_pk primary key (b, shown_id),
    constraint shown_read_seconds_min_counted check (read_seconds_min >= 0)
);
select dist.bucket_table('shown');
alter table shown add constraint shown_disclosure_fk
foreign key (b, disclosure_id) references document (b, document_id);
alter table shown add constraint shown_agreement_fk
foreign key (b, agreement_document_id) references document (b, document_id);
alter table shown add constraint shown_decision_fk
foreign key (b, decision_id) references decision (b, decision_id);
create index shown_checkout_ix on shown (b, checkout_id, shown_at);
select dist.append_only('shown');

create table agreement (
    b smallint not null,
    agreement_id uuid not null,
    customer_id uuid not null,
    checkout_b smallint not null,
    checkout_id uuid not null,
    shown_id uuid not null,
    terms jsonb not null,
    evidence jsonb not null,
    signed_at timestamptz not null,
    constraint agreement_pk primary key (b, agreement_id)
);
select dist.bucket_table('agreement');
alter table agreement add constraint agreement_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
alter table agreement add constraint agreement_shown_fk
foreign key (b, shown_id) references shown (b, shown_id);
create unique index agreement_checkout_unique on agreement (b, checkout_id);
select dist.append_only('agreement');
