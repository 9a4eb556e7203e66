insert into account_kind (kind, name, name_zh, subject_code, normal_side, is_striped, is_memo, is_floored)
values
(24, 'commission_expense', '催收佣金支出', '6421', 'debit', true, false, false),
(25, 'agency_payable', '应付催收机构款', '2241', 'credit', true, false, false);

insert into transaction_kind (kind, name)
values
(17, 'commission');

create table agency (
    agency_id uuid not null,
    name text not null,
    contract_from date not null,
    contract_until date not null,
    assessed_on date not null,
    commission_permille smallint not null,
    added_by text not null,
    added_at timestamptz not null,
    constraint agency_pk primary key (agency_id),
    constraint agency_name_unique unique (name),
    constraint agency_contract_runs check (contract_from < contract_until),
    constraint agency_commission_known check (commission_permille between 0 and 500)
);
select dist.reference_table('agency');

create table agency_member (
    login text not null,
    agency_id uuid not null,
    added_by text not null,
    added_at timestamptz not null,
    constraint agency_member_pk primary key (login)
);
select dist.local_table('agency_member');

create table agency_assignment (
    b smallint not null,
    assignment_id uuid not null,
    case_id uuid not null,
    customer_id uuid not null,
    agency_id uuid not null,
    effective_from date not null,
    commission_permille smallint not null,
    assigned_by text not null,
    assigned_at timestamptz not null,
    recalled_on date,
    recalled_by text,
    recalled_why text,
    constraint agency_assignment_pk primary key (b, assignment_id),
    constraint agency_assignment_recalled_whole check (
        (recalled_on is null) = (recalled_by is null) and (recalled_on is null) = (recalled_why is null)
    )
);
select dist.bucket_table('agency_assignment');
alter table agency_assignment add constraint agency_assignment_case_fk
foreign key (b, case_id) references collection_case (b, case_id);
alter table agency_assignment add constraint agency_assignment_agency_fk
foreign key (agency_id) references agency (agency_id);
create unique index agency_assignment_open_unique on agency_assignment (b, case_id) where recalled_on is null;
create index agency_assignment_agency_ix on agency_assignment (agency_id, assignment_id);

create table commission (
    b smallint not null,
    commission_id uuid not null,
    assignment_id uuid not null,
    agency_id uuid not null,
    booked_for date not null,
    paid_minor bigint not null,
    commission_minor bigint not null,
    constraint commission_pk primary key (b, commission_id),
    constraint commission_once_a_day unique (b, assignment_id, booked_for)
);
select dist.bucket_table('commission');
alter table commission add constraint commission_assignment_fk
foreign key (b, assignment_id) references agency_assignment (b, assignment_id);
select dist.append_only('commission');
