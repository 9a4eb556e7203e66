create table warning (
    b smallint not null,
    warning_id uuid not null,
    customer_id uuid not null,
    opened_on date not null,
    points integer not null,
    points_max integer not null,
    last_on date not null,
    rung text,
    strategy_version text not null,
    closed_on date,
    constraint warning_pk primary key (b, warning_id),
    constraint warning_points_counted check (points >= 0 and points_max >= points),
    constraint warning_days_in_order check (last_on >= opened_on and (closed_on is null or closed_on >= last_on))
);
select dist.bucket_table('warning');
alter table warning add constraint warning_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create unique index warning_open_unique on warning (b, customer_id) where closed_on is null;
create index warning_opened_ix on warning (opened_on, warning_id);
create index warning_points_ix on warning (points, warning_id);

create table warning_step (
    b smallint not null,
    step_id uuid not null,
    warning_id uuid not null,
    customer_id uuid not null,
    action text not null,
    is_held_out boolean not null,
    points integer not null,
    cause text not null,
    about uuid,
    strategy_version text not null,
    content bytea not null,
    taken_on date not null,
    judged_at timestamptz not null,
    constraint warning_step_pk primary key (b, step_id),
    constraint warning_step_climbed_once unique (b, warning_id, action),
    constraint warning_step_action_known check (action in ('reminder', 'offer', 'freeze_limit', 'call', 'person')),
    constraint warning_step_cause_known check (cause in ('day', 'debit_failed', 'order_frozen'))
);
select dist.bucket_table('warning_step');
alter table warning_step add constraint warning_step_warning_fk
foreign key (b, warning_id) references warning (b, warning_id);
create index warning_step_action_ix on warning_step (action, taken_on);
select dist.append_only('warning_step');

create table warning_event (
    b smallint not null,
    event_id uuid not null,
    customer_id uuid not null,
    kind text not null,
    about uuid not null,
    recorded_at timestamptz not null,
    done_at timestamptz,
    constraint warning_event_pk primary key (b, event_id),
    constraint warning_event_kind_known check (kind in ('debit_failed', 'order_frozen'))
);
select dist.bucket_table('warning_event');
alter table warning_event add constraint warning_event_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index warning_event_open_ix on warning_event (b, recorded_at, event_id) where done_at is null;

create table warning_day (
    b smallint not null,
    closed_on date not null,
    constraint warning_day_pk primary key (b)
);
select dist.bucket_table('warning_day');

create index order_event_customer_ix on order_event (b, customer, at) where kind = 'ordered' and customer is not null;
create index order_freeze_customer_ix on order_freeze (b, customer_id, frozen_at);
