create table limit_rules (
    version text not null,
    name text not null,
    content bytea not null,
    note text not null,
    proposed_by text not null,
    proposed_at timestamptz not null,
    constraint limit_rules_pk primary key (version),
    constraint limit_rules_proposer_unique unique (version, proposed_by),
    constraint limit_rules_version_hash check (version ~ '^[0-9a-f]{64}$')
);
select dist.reference_table('limit_rules');
select dist.append_only('limit_rules');

create table limit_trial (
    trial_id uuid not null,
    version text not null,
    against text not null,
    tried_on date not null,
    found jsonb not null,
    tried_by text not null,
    tried_at timestamptz not null,
    constraint limit_trial_pk primary key (trial_id)
);
select dist.reference_table('limit_trial');
alter table limit_trial add constraint limit_trial_rules_fk foreign key (version) references limit_rules (version);
create index limit_trial_version_ix on limit_trial (version, tried_at);
select dist.append_only('limit_trial');

create table limit_rules_answer (
    version text not null,
    is_approved boolean not null,
    from_on date not null,
    reason text not null,
    proposed_by text not null,
    answered_by text not null,
    answered_at timestamptz not null,
    constraint limit_rules_answer_pk primary key (version),
    constraint limit_rules_answer_four_eyes check (proposed_by <> answered_by)
);
select dist.reference_table('limit_rules_answer');
alter table limit_rules_answer add constraint limit_rules_answer_rules_fk
foreign key (version, proposed_by) references limit_rules (version, proposed_by);
select dist.append_only('limit_rules_answer');
