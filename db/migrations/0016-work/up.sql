create table outbox (
    b smallint not null,
    message_id uuid not null,
    channel text not null,
    topic text not null,
    merchant_id uuid,
    customer_id uuid,
    content jsonb not null,
    created_at timestamptz not null,
    due_at timestamptz not null,
    attempt_count smallint not null,
    delivered_at timestamptz,
    abandoned_at timestamptz,
    last_answer text,
    constraint outbox_pk primary key (b, message_id),
    constraint outbox_channel_known check (channel in ('webhook', 'sms')),
    constraint outbox_attempts_counted check (attempt_count >= 0)
);
select dist.bucket_table('outbox');
create index outbox_due_ix on outbox (b, due_at) where delivered_at is null and abandoned_at is null;
create index outbox_merchant_ix on outbox (merchant_id, created_at, message_id);

create table job (
    b smallint not null,
    job_id uuid not null,
    kind text not null,
    subject uuid not null,
    due_at timestamptz not null,
    done_at timestamptz,
    outcome text,
    constraint job_pk primary key (b, job_id)
);
select dist.bucket_table('job');
create index job_due_ix on job (b, due_at) where done_at is null;

create table audit (
    b smallint not null,
    audit_id uuid not null,
    actor_kind text not null,
    actor text not null,
    action text not null,
    subject text not null,
    detail jsonb not null,
    recorded_at timestamptz not null,
    constraint audit_pk primary key (b, audit_id),
    constraint audit_actor_kind_known check (actor_kind in ('staff', 'merchant', 'customer', 'system'))
);
select dist.bucket_table('audit');
create index audit_recorded_ix on audit (recorded_at, audit_id);
select dist.append_only('audit');
