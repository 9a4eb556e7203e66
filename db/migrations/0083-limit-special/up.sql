create table limit_special (
    b smallint not null,
    special_id uuid not null,
    customer_id uuid not null,
    kind text not null,
    merchant_id uuid,
    amount_minor bigint not null,
    currency text not null,
    until_on date not null,
    reason text not null,
    state text not null,
    proposed_by text not null,
    proposed_at timestamptz not null,
    decided_by text,
    decided_at timestamptz,
    decided_why text,
    from_on date,
    constraint limit_special_pk primary key (b, special_id),
    constraint limit_special_kind_known check (kind in ('temporary', 'dedicated')),
    constraint limit_special_merchant_of_dedicated check ((merchant_id is not null) = (kind = 'dedicated')),
    constraint limit_special_state_known check (state in ('proposed', 'approved', 'rejected', 'over')),
    constraint limit_special_amount_positive check (amount_minor > 0),
    constraint limit_special_decided_whole check (
        (state = 'proposed') = (decided_by is null)
        and (decided_by is null) = (decided_at is null)
        and (decided_by is null) = (decided_why is null)
        and (from_on is not null) = (state in ('approved', 'over'))
    ),
    constraint limit_special_four_eyes check (decided_by <> proposed_by)
);
select dist.bucket_table('limit_special');
alter table limit_special add constraint limit_special_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index limit_special_customer_ix on limit_special (b, customer_id, proposed_at);
create index limit_special_running_ix on limit_special (b, until_on) where state = 'approved';
create index limit_special_proposed_ix on limit_special (proposed_at, special_id) where state = 'proposed';
create index limit_special_at_ix on limit_special (proposed_at, special_id);
