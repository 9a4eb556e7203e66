create table order_event (
    b smallint not null,
    order_event_id uuid not null,
    log_position bigint not null,
    at timestamptz not null,
    amount_minor bigint not null,
    currency text not null,
    customer text,
    device text,
    ip text,
    address text,
    merchant text,
    card text,
    contact text,
    constraint order_event_pk primary key (b, order_event_id),
    constraint order_event_amount_positive check (amount_minor >= 0),
    constraint order_event_position_counted check (log_position > 0)
);
select dist.bucket_table('order_event');
create index order_event_position_ix on order_event (log_position, order_event_id);
select dist.append_only('order_event');
