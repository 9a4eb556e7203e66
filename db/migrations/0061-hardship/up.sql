create table hardship_request (
    b smallint not null,
    request_id uuid not null,
    customer_id uuid not null,
    state text not null,
    level text not null,
    cause text not null,
    stated_sealed bytea not null,
    asked_by text not null,
    asked_at timestamptz not null,
    answer_due_at timestamptz not null,
    answered_at timestamptz,
    answered_by text,
    reason text not null,
    option_ids text [] not null,
    accept_until timestamptz,
    agreed_option text,
    agreed_at timestamptz,
    observed_until date,
    ended_at timestamptz,
    constraint hardship_request_pk primary key (b, request_id),
    constraint hardship_request_state_known check (
        state in ('asked', 'offered', 'agreed', 'refused', 'withdrawn', 'lapsed', 'kept', 'broken')
    ),
    constraint hardship_request_level_known check (level in ('agent', 'lead')),
    constraint hardship_request_answered_whole check ((answered_at is null) = (answered_by is null)),
    constraint hardship_request_agreed_whole check (
        (agreed_at is null) = (agreed_option is null) and (agreed_at is null) = (observed_until is null)
    )
);
select dist.bucket_table('hardship_request');
alter table hardship_request add constraint hardship_request_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create unique index hardship_request_open_unique on hardship_request (b, customer_id)
where state in ('asked', 'offered');
create index hardship_request_customer_ix on hardship_request (b, customer_id, asked_at);
create index hardship_request_queue_ix on hardship_request (answer_due_at, request_id) where state = 'asked';
create index hardship_request_state_ix on hardship_request (state, asked_at, request_id);

create table hardship_event (
    b smallint not null,
    hardship_event_id uuid not null,
    request_id uuid not null,
    what text not null,
    by text not null,
    text text not null,
    recorded_at timestamptz not null,
    constraint hardship_event_pk primary key (b, hardship_event_id)
);
select dist.bucket_table('hardship_event');
alter table hardship_event add constraint hardship_event_request_fk
foreign key (b, request_id) references hardship_request (b, request_id);
create index hardship_event_request_ix on hardship_event (b, request_id, recorded_at);
select dist.append_only('hardship_event');

create table hardship_showing (
    b smallint not null,
    showing_id uuid not null,
    request_id uuid not null,
    option_id text not null,
    document_id uuid not null,
    seqs jsonb not null,
    shown_on date not null,
    shown_at timestamptz not null,
    read_seconds_min integer not null,
    constraint hardship_showing_pk primary key (b, showing_id)
);
select dist.bucket_table('hardship_showing');
alter table hardship_showing add constraint hardship_showing_request_fk
foreign key (b, request_id) references hardship_request (b, request_id);
alter table hardship_showing add constraint hardship_showing_document_fk
foreign key (b, document_id) references document (b, document_id);
create index hardship_showing_request_ix on hardship_showing (b, request_id, shown_at);
select dist.append_only('hardship_showing');

create table hardship_signature (
    b smallint not null,
    request_id uuid not null,
    showing_id uuid not null,
    evidence jsonb not null,
    signed_at timestamptz not null,
    constraint hardship_signature_pk primary key (b, request_id)
);
select dist.bucket_table('hardship_signature');
alter table hardship_signature add constraint hardship_signature_showing_fk
foreign key (b, showing_id) references hardship_showing (b, showing_id);
select dist.append_only('hardship_signature');

create table paper (
    b smallint not null,
    paper_id uuid not null,
    customer_id uuid not null,
    about uuid not null,
    name text not null,
    media_type text not null,
    byte_count integer not null,
    content_hash text not null,
    content_sealed bytea not null,
    added_by text not null,
    added_at timestamptz not null,
    constraint paper_pk primary key (b, paper_id),
    constraint paper_media_type_known check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
    constraint paper_bytes_counted check (byte_count > 0)
);
select dist.bucket_table('paper');
alter table paper add constraint paper_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index paper_about_ix on paper (b, about, added_at);
select dist.append_only('paper');
