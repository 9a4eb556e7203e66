create table unique_key (
    b smallint not null,
    kind text not null,
    value bytea not null,
    owner_b smallint not null,
    owner uuid not null,
    constraint unique_key_pk primary key (b, kind, value)
);
select dist.bucket_table('unique_key');

create table customer (
    b smallint not null,
    customer_id uuid not null,
    mobile_sealed bytea not null,
    mobile_masked text not null,
    name_sealed bytea,
    id_number_sealed bytea,
    birth_on date,
    assurance text not null,
    assured_by text,
    created_at timestamptz not null,
    assured_at timestamptz,
    constraint customer_pk primary key (b, customer_id),
    constraint customer_assurance_known check (assurance in ('L0', 'L1', 'L2', 'L3', 'L4'))
);
select dist.bucket_table('customer');

create table code (
    b smallint not null,
    code_id uuid not null,
    purpose text not null,
    subject uuid not null,
    mobile_index bytea not null,
    digest bytea not null,
    sent_at timestamptz not null,
    tries smallint not null,
    passed_at timestamptz,
    constraint code_pk primary key (b, code_id),
    constraint code_tries_counted check (tries >= 0)
);
select dist.bucket_table('code');
create index code_mobile_ix on code (b, mobile_index, sent_at);

create table customer_session (
    b smallint not null,
    session_id uuid not null,
    customer_id uuid not null,
    token_hash bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint customer_session_pk primary key (b, session_id)
);
select dist.bucket_table('customer_session');
alter table customer_session add constraint customer_session_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);

create table consent (
    b smallint not null,
    consent_id uuid not null,
    customer_id uuid not null,
    purpose text not null,
    recipient text not null,
    text_name text not null,
    text_version text not null,
    text_language text not null,
    text_sha256 text not null,
    given_at timestamptz not null,
    constraint consent_pk primary key (b, consent_id)
);
select dist.bucket_table('consent');
alter table consent add constraint consent_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index consent_customer_ix on consent (b, customer_id, given_at);
select dist.append_only('consent');

create table outside_record (
    b smallint not null,
    record_id uuid not null,
    customer_id uuid not null,
    kind text not null,
    source text not null,
    is_stand_in boolean not null,
    content_sealed bytea not null,
    observed_at timestamptz not null,
    constraint outside_record_pk primary key (b, record_id),
    constraint outside_record_kind_known check (kind in ('three_element', 'credit_record'))
);
select dist.bucket_table('outside_record');
alter table outside_record add constraint outside_record_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index outside_record_customer_ix on outside_record (b, customer_id, kind, observed_at);
select dist.append_only('outside_record');
