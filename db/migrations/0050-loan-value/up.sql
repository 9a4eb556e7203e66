create table loan_value (
    b smallint not null,
    loan_id uuid not null,
    month_on date not null,
    interest_minor bigint not null,
    fee_minor bigint not null,
    payoff_minor bigint not null,
    constraint loan_value_pk primary key (b, loan_id, month_on),
    constraint loan_value_not_negative check (interest_minor >= 0 and fee_minor >= 0 and payoff_minor >= 0)
);
select dist.bucket_table('loan_value');
alter table loan_value add constraint loan_value_month_fk
foreign key (b, loan_id, month_on) references loan_month (b, loan_id, month_on);
create index loan_value_month_ix on loan_value (month_on);
select dist.append_only('loan_value');

create table month_value (
    b smallint not null,
    month_on date not null,
    loan_count integer not null,
    replayed_count integer not null,
    valued_at timestamptz not null,
    constraint month_value_pk primary key (b, month_on),
    constraint month_value_replayed_of_all check (replayed_count between 0 and loan_count)
);
select dist.bucket_table('month_value');
select dist.append_only('month_value');
