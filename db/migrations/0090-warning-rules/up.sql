create table warning_rules (
    version text not null,
    name text not null,
    content bytea not null,
    note text not null,
    proposed_by text not null,
    proposed_at timestamptz not null,
    constraint warning_rules_pk primary key (version),
    constraint warning_rules_proposer_unique unique (version, proposed_by),
    constraint warning_rules_version_hash check (version ~ '^[0-9a-f]{64}$')
);
select dist.reference_table('warning_rules');
select dist.append_only('warning_rules');

create table warning_rules_answer (
    version text not null,
    is_approved boolean not null,
    from_on date not null,
    reason text not null,
    proposed_by text not null,
    answered_by text not null,
    answered_at timestamptz not null,
    constraint warning_rules_answer_pk primary key (version),
    constraint warning_rules_answer_four_eyes check (proposed_by <> answered_by)
);
select dist.reference_table('warning_rules_answer');
alter table warning_rules_answer add constraint warning_rules_answer_rules_fk
foreign key (version, proposed_by) references warning_rules (version, proposed_by);
select dist.append_only('warning_rules_answer');

create table warning_trial (
    trial_id uuid not null,
    version text not null,
    against text not null,
    until_on date not null,
    asked_by text not null,
    asked_at timestamptz not null,
    state text not null,
    customer_count integer not null,
    lane_count smallint not null,
    working_at timestamptz,
    ended_at timestamptz,
    fault text not null,
    result jsonb,
    constraint warning_trial_pk primary key (trial_id),
    constraint warning_trial_state_known check (state in ('waiting', 'running', 'done', 'failed')),
    constraint warning_trial_ended_at_end check ((ended_at is not null) = (state in ('done', 'failed'))),
    constraint warning_trial_result_when_done check ((result is not null) = (state = 'done')),
    constraint warning_trial_counted check (customer_count >= 0 and lane_count between 0 and 256)
);
select dist.local_table('warning_trial');
create index warning_trial_version_ix on warning_trial (version, asked_at);
create index warning_trial_open_ix on warning_trial (asked_at) where state in ('waiting', 'running');

create table warning_sign (
    b smallint not null,
    customer_id uuid not null,
    seen_on date not null,
    days_late integer not null,
    partial_payment_count integer not null,
    failed_debit_count integer not null,
    broken_promise_count integer not null,
    complaint_count integer not null,
    used_percent integer not null,
    used_percent_rise integer not null,
    new_device_count integer not null,
    new_address_count integer not null,
    frozen_order_count integer not null,
    used_beyond integer not null,
    rise_beyond integer not null,
    constraint warning_sign_pk primary key (b, customer_id, seen_on)
);
select dist.bucket_table('warning_sign');
alter table warning_sign add constraint warning_sign_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
