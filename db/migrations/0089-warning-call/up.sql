alter table warning add column call_due_on date;
alter table warning add constraint warning_call_of_open check (call_due_on is null or closed_on is null) not valid;
create index warning_call_due_ix on warning (call_due_on, warning_id) where call_due_on is not null;

create table warning_call (
    b smallint not null,
    contact_id uuid not null,
    step_id uuid not null,
    warning_id uuid not null,
    customer_id uuid not null,
    begun_by text not null,
    begun_at timestamptz not null,
    constraint warning_call_pk primary key (b, contact_id)
);
select dist.bucket_table('warning_call');
alter table warning_call add constraint warning_call_step_fk
foreign key (b, step_id) references warning_step (b, step_id);
alter table warning_call add constraint warning_call_contact_fk
foreign key (b, contact_id) references contact (b, contact_id);
create index warning_call_warning_ix on warning_call (b, warning_id);
create index warning_call_customer_ix on warning_call (b, customer_id);
select dist.append_only('warning_call');

create table warning_answer (
    b smallint not null,
    contact_id uuid not null,
    answered text not null,
    said text,
    pays_on date,
    words text not null,
    hardship_id uuid,
    complaint_id uuid,
    told_by text not null,
    told_at timestamptz not null,
    constraint warning_answer_pk primary key (b, contact_id),
    constraint warning_answer_answered_known check (answered in ('borrower', 'somebody_else', 'wrong_number', 'nobody')),
    constraint warning_answer_said_known check (said in ('will_pay', 'needs_help', 'disputes', 'no_calls', 'other')),
    constraint warning_answer_said_by_borrower check ((said is not null) = (answered = 'borrower')),
    constraint warning_answer_day_if_will_pay check ((pays_on is not null) = coalesce(said = 'will_pay', false)),
    constraint warning_answer_help_named check ((hardship_id is not null) = coalesce(said = 'needs_help', false)),
    constraint warning_answer_dispute_named check ((complaint_id is not null) = coalesce(said = 'disputes', false))
);
select dist.bucket_table('warning_answer');
alter table warning_answer add constraint warning_answer_call_fk
foreign key (b, contact_id) references warning_call (b, contact_id);
select dist.append_only('warning_answer');
