create table complaint (
    b smallint not null,
    complaint_id uuid not null,
    customer_id uuid not null,
    channel text not null,
    reference text not null,
    cause text not null,
    state text not null,
    level text not null,
    assigned_to text,
    follows_id uuid,
    loan_id uuid,
    checkout_id uuid,
    decision_id uuid,
    disputed_minor bigint not null,
    text_sealed bytea not null,
    received_by text not null,
    received_at timestamptz not null,
    acknowledge_due_at timestamptz not null,
    answer_due_at timestamptz not null,
    is_extended boolean not null,
    acknowledge_missed_at timestamptz,
    answer_missed_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by text,
    outcome text,
    answer text not null,
    redress text not null,
    redress_minor bigint not null,
    proposed_by text,
    answered_by text,
    answered_at timestamptz,
    settle_by timestamptz,
    is_satisfied boolean,
    ended_by text,
    ended_at timestamptz,
    constraint complaint_pk primary key (b, complaint_id),
    constraint complaint_channel_known check (channel in ('app', 'hotline', 'agent', 'regulator')),
    constraint complaint_cause_known check (
        cause in ('goods', 'cost', 'contact', 'decision', 'privacy', 'repayment', 'credit_record', 'service', 'other')
    ),
    constraint complaint_state_known check (
        state in ('received', 'acknowledged', 'proposed', 'answered', 'closed', 'withdrawn')
    ),
    constraint complaint_level_known check (level in ('agent', 'lead')),
    constraint complaint_outcome_known check (outcome in ('upheld', 'partly_upheld', 'rejected')),
    constraint complaint_redress_known check (redress in ('none', 'goodwill', 'refund')),
    constraint complaint_amounts_counted check (disputed_minor >= 0 and redress_minor >= 0),
    constraint complaint_redress_whole check ((redress = 'none') = (redress_minor = 0)),
    constraint complaint_answered_whole check ((answered_at is null) = (answered_by is null)),
    constraint complaint_ended_whole check ((ended_at is null) = (ended_by is null)),
    constraint complaint_four_eyes check (answered_by is null or proposed_by is null or answered_by <> proposed_by)
);
select dist.bucket_table('complaint');
alter table complaint add constraint complaint_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
alter table complaint add constraint complaint_loan_fk
foreign key (b, loan_id) references loan (b, loan_id);
alter table complaint add constraint complaint_follows_fk
foreign key (b, follows_id) references complaint (b, complaint_id);
create unique index complaint_open_unique on complaint
(b, customer_id, cause, (coalesce(loan_id, checkout_id, customer_id)))
where state in ('received', 'acknowledged', 'proposed');
create index complaint_customer_ix on complaint (b, customer_id, received_at);
create index complaint_queue_ix on complaint (answer_due_at, complaint_id)
where state in ('received', 'acknowledged', 'proposed');
create index complaint_settle_ix on complaint (settle_by, complaint_id) where state = 'answered';
create index complaint_received_ix on complaint (received_at, complaint_id);

create table complaint_event (
    b smallint not null,
    complaint_event_id uuid not null,
    complaint_id uuid not null,
    what text not null,
    by text not null,
    text text not null,
    recorded_at timestamptz not null,
    constraint complaint_event_pk primary key (b, complaint_event_id)
);
select dist.bucket_table('complaint_event');
alter table complaint_event add constraint complaint_event_complaint_fk
foreign key (b, complaint_id) references complaint (b, complaint_id);
create index complaint_event_complaint_ix on complaint_event (b, complaint_id, recorded_at);
select dist.append_only('complaint_event');

create table complaint_evidence (
    b smallint not null,
    complaint_id uuid not null,
    kind text not null,
    subject_id uuid not null,
    added_by text not null,
    added_at timestamptz not null,
    constraint complaint_evidence_pk primary key (b, complaint_id, subject_id),
    constraint complaint_evidence_kind_known check (kind in ('loan', 'decision', 'contact', 'statement'))
);
select dist.bucket_table('complaint_evidence');
alter table complaint_evidence add constraint complaint_evidence_complaint_fk
foreign key (b, complaint_id) references complaint (b, complaint_id);
select dist.append_only('complaint_evidence');
