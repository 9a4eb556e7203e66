create table loan (
    b smallint not null,
    loan_id uuid not null,
    customer_id uuid not null,
    agreement_id uuid not null,
    checkout_b smallint not null,
    checkout_id uuid not null,
    merchant_id uuid not null,
    lender_id uuid not null,
    product_id text not null,
    currency text not null,
    principal_minor bigint not null,
    terms jsonb not null,
    status text not null,
    outstanding_minor bigint not null,
    overpaid_minor bigint not null,
    next_due_on date,
    oldest_unpaid_due_on date,
    drawn_on date not null,
    booked jsonb not null,
    booked_on date not null,
    subsidy jsonb not null,
    last_seq integer not null,
    constraint loan_pk primary key (b, loan_id),
    constraint loan_principal_positive check (principal_minor > 0),
    constraint loan_not_owing_and_owed check (outstanding_minor = 0 or overpaid_minor = 0)
);
select dist.bucket_table('loan');
alter table loan add constraint loan_customer_fk foreign key (b, customer_id) references customer (b, customer_id);
alter table loan add constraint loan_agreement_fk
foreign key (b, agreement_id) references agreement (b, agreement_id);
create index loan_customer_ix on loan (b, customer_id, drawn_on);
create index loan_arrears_ix on loan (b, oldest_unpaid_due_on) where oldest_unpaid_due_on is not null;

create table loan_event (
    b smallint not null,
    loan_id uuid not null,
    seq integer not null,
    event_id uuid not null,
    kind text not null,
    happened_on date not null,
    content jsonb not null,
    recorded_at timestamptz not null,
    constraint loan_event_pk primary key (b, loan_id, seq),
    constraint loan_event_id_unique unique (b, event_id)
);
select dist.bucket_table('loan_event');
alter table loan_event add constraint loan_event_loan_fk foreign key (b, loan_id) references loan (b, loan_id);
select dist.append_only('loan_event');

create table instalment (
    b smallint not null,
    loan_id uuid not null,
    instalment smallint not null,
    due_on date not null,
    principal_minor bigint not null,
    interest_minor bigint not null,
    fee_minor bigint not null,
    penalty_minor bigint not null,
    paid_minor bigint not null,
    settled_on date,
    constraint instalment_pk primary key (b, loan_id, instalment)
);
select dist.bucket_table('instalment');
alter table instalment add constraint instalment_loan_fk foreign key (b, loan_id) references loan (b, loan_id);
create index instalment_due_ix on instalment (b, due_on);

create table day_close (
    b smallint not null,
    closed_on date not null,
    loan_count integer not null,
    closed_at timestamptz not null,
    constraint day_close_pk primary key (b, closed_on)
);
select dist.bucket_table('day_close');
select dist.append_only('day_close');
