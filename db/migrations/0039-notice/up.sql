create table notice (
    b smallint not null,
    notice_id uuid not null,
    customer_id uuid not null,
    purpose text not null,
    channel text not null,
    template text not null,
    loan_id uuid,
    instalment smallint,
    due_on date,
    kind text not null,
    currency text not null,
    due_at timestamptz not null,
    state text not null,
    attempt_count smallint not null,
    what text not null,
    constraint notice_pk primary key (b, notice_id),
    constraint notice_state_known check (state in ('waiting', 'begun', 'sent', 'dropped')),
    constraint notice_attempts_counted check (attempt_count >= 0)
);
select dist.bucket_table('notice');
alter table notice add constraint notice_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index notice_due_ix on notice (b, due_at, notice_id) where state in ('waiting', 'begun');
