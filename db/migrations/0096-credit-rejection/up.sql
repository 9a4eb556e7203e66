alter table credit_file add column rejected_at timestamptz;
alter table credit_file add column rejected_why text;
-- Both come back wider below.
-- squawk-ignore ban-drop-constraint
alter table credit_file drop constraint credit_file_state_known;
-- squawk-ignore ban-drop-constraint
alter table credit_file drop constraint credit_file_sent_whole;
alter table credit_file add constraint credit_file_state_known check (state in ('made', 'sent', 'rejected')) not valid;
alter table credit_file add constraint credit_file_answer_whole check (
    (reference is null) = (state = 'made')
    and (sent_at is not null) = (state = 'sent')
    and (rejected_at is not null) = (state = 'rejected')
    and (rejected_why is not null) = (state = 'rejected')
) not valid;

create table credit_rejection (
    b smallint not null,
    loan_id uuid not null,
    month_on date not null,
    version integer not null,
    why text not null,
    rejected_at timestamptz not null,
    constraint credit_rejection_pk primary key (b, loan_id, month_on, version)
);
select dist.bucket_table('credit_rejection');
alter table credit_rejection add constraint credit_rejection_line_fk
foreign key (b, loan_id, month_on, version) references credit_line (b, loan_id, month_on, version);
select dist.append_only('credit_rejection');
