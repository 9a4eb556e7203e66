create table back_test (
    back_test_id uuid not null,
    version text not null,
    from_on date not null,
    until_on date not null,
    loss_percent smallint not null,
    asked_by text not null,
    asked_at timestamptz not null,
    state text not null,
    decision_count integer not null,
    lane_count smallint not null,
    working_at timestamptz,
    ended_at timestamptz,
    fault text not null,
    result jsonb,
    constraint back_test_pk primary key (back_test_id),
    constraint back_test_days_ordered check (from_on <= until_on),
    constraint back_test_loss_range check (loss_percent between 0 and 100),
    constraint back_test_state_known check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
    constraint back_test_ended_at_end check ((ended_at is not null) = (state in ('done', 'cancelled', 'failed'))),
    constraint back_test_result_when_done check ((result is not null) = (state = 'done')),
    constraint back_test_counted check (decision_count >= 0 and lane_count between 0 and 256)
);
select dist.local_table('back_test');
alter table back_test add constraint back_test_strategy_fk foreign key (version) references strategy (version);
create index back_test_version_ix on back_test (version, asked_at);
create index back_test_open_ix on back_test (asked_at) where state in ('waiting', 'running');
