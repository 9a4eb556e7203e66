create table loan_change (
    b smallint not null,
    change_id uuid not null,
    loan_id uuid not null,
    kind text not null,
    content jsonb not null,
    reason text not null,
    given_minor bigint not null,
    state text not null,
    is_alone boolean not null,
    seen_seq integer not null,
    proposed_by text not null,
    proposed_at timestamptz not null,
    decided_by text,
    decided_at timestamptz,
    decided_why text,
    constraint loan_change_pk primary key (b, change_id),
    constraint loan_change_state_known check (state in ('proposed', 'posted', 'rejected')),
    constraint loan_change_given_not_negative check (given_minor >= 0),
    constraint loan_change_decided_whole check (
        (state = 'proposed') = (decided_by is null)
        and (decided_by is null) = (decided_at is null)
        and (decided_by is null) = (decided_why is null)
    ),
    constraint loan_change_four_eyes check (is_alone or state <> 'posted' or decided_by <> proposed_by)
);
select dist.bucket_table('loan_change');
alter table loan_change add constraint loan_change_loan_fk foreign key (b, loan_id) references loan (b, loan_id);
create index loan_change_loan_ix on loan_change (b, loan_id, proposed_at);
create index loan_change_open_ix on loan_change (proposed_at, change_id) where state = 'proposed';
