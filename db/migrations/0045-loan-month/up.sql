create table loan_month (
    b smallint not null,
    loan_id uuid not null,
    month_on date not null,
    cohort_on date not null,
    currency text not null,
    status text not null,
    days_past_due integer not null,
    principal_minor bigint not null,
    owed_minor bigint not null,
    overdue_minor bigint not null,
    constraint loan_month_pk primary key (b, loan_id, month_on),
    constraint loan_month_days_counted check (days_past_due >= 0)
);
select dist.bucket_table('loan_month');
alter table loan_month add constraint loan_month_loan_fk foreign key (b, loan_id) references loan (b, loan_id);
create index loan_month_month_ix on loan_month (month_on);
select dist.append_only('loan_month');
