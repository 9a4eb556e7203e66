create table strategy (
    version text not null,
    name text not null,
    content bytea not null,
    note text not null,
    proposed_by text not null,
    proposed_at timestamptz not null,
    constraint strategy_pk primary key (version),
    constraint strategy_version_hash check (version ~ '^[0-9a-f]{64}$')
);
select dist.reference_table('strategy');
select dist.append_only('strategy');

create table strategy_check (
    version text not null,
    input_count integer not null,
    difference text not null,
    checked_at timestamptz not null,
    constraint strategy_check_pk primary key (version),
    constraint strategy_check_inputs_counted check (input_count > 0)
);
select dist.reference_table('strategy_check');
alter table strategy_check add constraint strategy_check_strategy_fk
foreign key (version) references strategy (version);
select dist.append_only('strategy_check');

create table strategy_use (
    use_id uuid not null,
    version text not null,
    role text not null,
    share_permille smallint not null,
    salt text not null,
    from_at timestamptz not null,
    reason text not null,
    proposed_by text not null,
    proposed_at timestamptz not null,
    constraint strategy_use_pk primary key (use_id),
    constraint strategy_use_proposer_unique unique (use_id, proposed_by),
    constraint strategy_use_role_known check (role in ('champion', 'challenger', 'retired')),
    constraint strategy_use_share_range check (share_permille between 0 and 500),
    constraint strategy_use_share_of_challenger check ((share_permille > 0) = (role = 'challenger'))
);
select dist.reference_table('strategy_use');
alter table strategy_use add constraint strategy_use_strategy_fk
foreign key (version) references strategy (version);
select dist.append_only('strategy_use');

create table strategy_answer (
    use_id uuid not null,
    is_approved boolean not null,
    reason text not null,
    proposed_by text not null,
    answered_by text not null,
    answered_at timestamptz not null,
    constraint strategy_answer_pk primary key (use_id),
    constraint strategy_answer_four_eyes check (proposed_by <> answered_by)
);
select dist.reference_table('strategy_answer');
alter table strategy_answer add constraint strategy_answer_use_fk
foreign key (use_id, proposed_by) references strategy_use (use_id, proposed_by);
select dist.append_only('strategy_answer');

create table decision_halt (
    halt_id uuid not null,
    reason text not null,
    halted_by text not null,
    halted_at timestamptz not null,
    constraint decision_halt_pk primary key (halt_id)
);
select dist.reference_table('decision_halt');
select dist.append_only('decision_halt');

create table decision_halt_end (
    halt_id uuid not null,
    reason text not null,
    asked_by text not null,
    asked_at timestamptz not null,
    constraint decision_halt_end_pk primary key (halt_id),
    constraint decision_halt_end_asker_unique unique (halt_id, asked_by)
);
select dist.reference_table('decision_halt_end');
alter table decision_halt_end add constraint decision_halt_end_halt_fk
foreign key (halt_id) references decision_halt (halt_id);
select dist.append_only('decision_halt_end');

create table decision_halt_approval (
    halt_id uuid not null,
    asked_by text not null,
    approved_by text not null,
    approved_at timestamptz not null,
    constraint decision_halt_approval_pk primary key (halt_id),
    constraint decision_halt_approval_four_eyes check (asked_by <> approved_by)
);
select dist.reference_table('decision_halt_approval');
alter table decision_halt_approval add constraint decision_halt_approval_end_fk
foreign key (halt_id, asked_by) references decision_halt_end (halt_id, asked_by);
select dist.append_only('decision_halt_approval');
