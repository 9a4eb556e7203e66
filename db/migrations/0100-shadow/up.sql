-- The check is made anew below, wider: nothing that held stops holding.
-- squawk-ignore ban-drop-constraint
alter table strategy_use drop constraint strategy_use_role_known;
alter table strategy_use add constraint strategy_use_role_known check (
    role in ('champion', 'challenger', 'shadow', 'retired')
) not valid;

create table shadow_decision (
    b smallint not null,
    decision_id uuid not null,
    use_id uuid not null,
    was text not null,
    outcome text not null,
    limit_minor bigint,
    reasons text [] not null,
    constraint shadow_decision_pk primary key (b, decision_id, use_id),
    constraint shadow_decision_outcomes_known check (
        was in ('approve', 'refer', 'decline') and outcome in ('approve', 'refer', 'decline')
    )
);
select dist.bucket_table('shadow_decision');
create index shadow_decision_changed_ix on shadow_decision (use_id, decision_id) where outcome <> was;
select dist.append_only('shadow_decision');

create table shadow_place (
    use_id uuid not null,
    after_id uuid not null,
    is_over boolean not null,
    constraint shadow_place_pk primary key (use_id)
);
select dist.local_table('shadow_place');
alter table shadow_place add constraint shadow_place_use_fk foreign key (use_id) references strategy_use (use_id);

create table shadow_day (
    use_id uuid not null,
    on_day date not null,
    was text not null,
    outcome text not null,
    decision_count bigint not null,
    limit_moved_count bigint not null,
    constraint shadow_day_pk primary key (use_id, on_day, was, outcome)
);
select dist.local_table('shadow_day');

create table shadow_reason (
    use_id uuid not null,
    on_day date not null,
    was text not null,
    outcome text not null,
    reason text not null,
    decision_count bigint not null,
    constraint shadow_reason_pk primary key (use_id, on_day, was, outcome, reason)
);
select dist.local_table('shadow_reason');
