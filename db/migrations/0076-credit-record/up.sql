create table credit_notice (
    b smallint not null,
    loan_id uuid not null,
    since_on date not null,
    customer_id uuid not null,
    notice_id uuid not null,
    planned_at timestamptz not null,
    constraint credit_notice_pk primary key (b, loan_id, since_on)
);
select dist.bucket_table('credit_notice');
alter table credit_notice add constraint credit_notice_loan_fk
foreign key (b, loan_id) references loan (b, loan_id);
select dist.append_only('credit_notice');

create table credit_record (
    b smallint not null,
    loan_id uuid not null,
    month_on date not null,
    version integer not null,
    customer_id uuid not null,
    currency text not null,
    account_state text not null,
    repayment text not null,
    category text not null,
    credit_minor bigint not null,
    balance_minor bigint not null,
    overdue_minor bigint not null,
    overdue_count integer not null,
    overdue_31_minor bigint not null,
    overdue_61_minor bigint not null,
    overdue_91_minor bigint not null,
    overdue_181_minor bigint not null,
    since_on date,
    why text not null,
    made_by text not null,
    made_at timestamptz not null,
    constraint credit_record_pk primary key (b, loan_id, month_on, version),
    constraint credit_record_version_counted check (version > 0),
    constraint credit_record_state_known check (account_state in ('normal', 'overdue', 'closed', 'written_off')),
    constraint credit_record_repayment_known check (repayment in ('*', 'N', '1', '2', '3', '4', '5', '6', '7', 'C', 'B')),
    constraint credit_record_category_known check (
        category in ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')
    ),
    constraint credit_record_amounts_counted check (
        credit_minor > 0 and balance_minor >= 0 and overdue_minor >= 0 and overdue_count >= 0
        and overdue_31_minor >= 0 and overdue_61_minor >= 0 and overdue_91_minor >= 0 and overdue_181_minor >= 0
    ),
    constraint credit_record_overdue_whole check ((since_on is null) = (overdue_minor = 0))
);
select dist.bucket_table('credit_record');
alter table credit_record add constraint credit_record_loan_fk
foreign key (b, loan_id) references loan (b, loan_id);
create index credit_record_customer_ix on credit_record (b, customer_id, month_on);
create index credit_record_month_ix on credit_record (month_on, loan_id);
select dist.append_only('credit_record');

create table credit_month (
    b smallint not null,
    month_on date not null,
    record_count integer not null,
    made_at timestamptz not null,
    constraint credit_month_pk primary key (b, month_on),
    constraint credit_month_records_counted check (record_count >= 0)
);
select dist.bucket_table('credit_month');
select dist.append_only('credit_month');

create table credit_file (
    file_id uuid not null,
    made_on date not null,
    record_count integer not null,
    content_hash text not null,
    bureau text not null,
    is_stand_in boolean not null,
    state text not null,
    reference text,
    made_at timestamptz not null,
    sent_at timestamptz,
    constraint credit_file_pk primary key (file_id),
    constraint credit_file_state_known check (state in ('made', 'sent')),
    constraint credit_file_sent_whole check (
        (sent_at is null) = (reference is null) and (sent_at is null) = (state = 'made')
    )
);
select dist.reference_table('credit_file');
create index credit_file_made_ix on credit_file (made_at, file_id);

create table credit_line (
    b smallint not null,
    loan_id uuid not null,
    month_on date not null,
    version integer not null,
    file_id uuid not null,
    constraint credit_line_pk primary key (b, loan_id, month_on, version)
);
select dist.bucket_table('credit_line');
alter table credit_line add constraint credit_line_record_fk
foreign key (b, loan_id, month_on, version) references credit_record (b, loan_id, month_on, version);
create index credit_line_file_ix on credit_line (file_id, b, loan_id);
select dist.append_only('credit_line');
