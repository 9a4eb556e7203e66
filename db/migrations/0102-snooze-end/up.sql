create table rule_snooze_end (
    rule_snooze_id uuid not null,
    login text not null,
    reason text not null,
    ended_at timestamptz not null,
    constraint rule_snooze_end_pk primary key (rule_snooze_id)
);
select dist.local_table('rule_snooze_end');
alter table rule_snooze_end add constraint rule_snooze_end_snooze_fk
foreign key (rule_snooze_id) references rule_snooze (rule_snooze_id);
select dist.append_only('rule_snooze_end');
create index rule_snooze_recorded_ix on rule_snooze (recorded_at, rule_snooze_id);
