insert into account_kind (kind, name, name_zh, subject_code, normal_side, is_striped, is_memo, is_floored)
values
(26, 'allowance_stage_1', '贷款损失准备——第一阶段', '1304', 'credit', true, false, false),
(27, 'allowance_stage_2', '贷款损失准备——第二阶段', '1304', 'credit', true, false, false),
(28, 'allowance_stage_3', '贷款损失准备——第三阶段', '1304', 'credit', true, false, false),
(29, 'impairment_expense', '信用减值损失', '6702', 'debit', true, false, false),
(30, 'suspended_income', '非应计贷款暂未确认收益', '1132', 'credit', true, false, false),
(31, 'income_not_accrued', '非应计冲回收益', '6011', 'debit', true, false, false);

insert into transaction_kind (kind, name)
values
(18, 'provide'),
(19, 'stop_accruing');

create table loan_risk (
    b smallint not null,
    loan_id uuid not null,
    month_on date not null,
    currency text not null,
    category text not null,
    stage smallint not null,
    why text not null,
    is_accruing boolean not null,
    principal_minor bigint not null,
    provision_minor bigint not null,
    suspended_minor bigint not null,
    constraint loan_risk_pk primary key (b, loan_id, month_on),
    constraint loan_risk_category_known check (
        category in ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')
    ),
    constraint loan_risk_stage_known check (stage between 1 and 3),
    constraint loan_risk_why_known check (why in ('days_past_due', 'observed', 'restructured_again', 'follows')),
    constraint loan_risk_suspended_where_not_accruing check (suspended_minor = 0 or not is_accruing),
    constraint loan_risk_sums_positive check (
        principal_minor >= 0 and provision_minor >= 0 and suspended_minor >= 0
    )
);
select dist.bucket_table('loan_risk');
alter table loan_risk add constraint loan_risk_loan_fk foreign key (b, loan_id) references loan (b, loan_id);
create index loan_risk_month_ix on loan_risk (month_on);
select dist.append_only('loan_risk');

create table risk_month (
    b smallint not null,
    month_on date not null,
    loan_count integer not null,
    booked_at timestamptz not null,
    constraint risk_month_pk primary key (b, month_on),
    constraint risk_month_loans_counted check (loan_count >= 0)
);
select dist.bucket_table('risk_month');
select dist.append_only('risk_month');
