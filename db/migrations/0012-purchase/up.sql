create table checkout (
    b smallint not null,
    checkout_id uuid not null,
    merchant_id uuid not null,
    lender_id uuid not null,
    order_number text not null,
    amount_minor bigint not null,
    currency text not null,
    goods jsonb not null,
    return_url text not null,
    state text not null,
    customer_b smallint,
    customer_id uuid,
    decision_id uuid,
    agreement_id uuid,
    loan_id uuid,
    hold_id uuid,
    authorised_minor bigint not null,
    captured_minor bigint not null,
    refunded_minor bigint not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint checkout_pk primary key (b, checkout_id),
    constraint checkout_amount_positive check (amount_minor > 0),
    constraint checkout_captured_within_authorised check (captured_minor between 0 and authorised_minor),
    constraint checkout_refunded_within_captured check (refunded_minor between 0 and captured_minor)
);
select dist.bucket_table('checkout');
alter table checkout add constraint checkout_merchant_fk foreign key (merchant_id) references merchant (merchant_id);
alter table checkout add constraint checkout_lender_fk foreign key (lender_id) references lender (lender_id);
create index checkout_merchant_ix on checkout (merchant_id, created_at, checkout_id);
create index checkout_expiry_ix on checkout (b, state, expires_at);

create table idempotency (
    b smallint not null,
    merchant_id uuid not null,
    endpoint text not null,
    key text not null,
    payload_hash bytea not null,
    status smallint,
    response bytea,
    created_at timestamptz not null,
    constraint idempotency_pk primary key (b, merchant_id, endpoint, key)
);
select dist.bucket_table('idempotency');

create table refund (
    b smallint not null,
    refund_id uuid not null,
    checkout_b smallint not null,
    checkout_id uuid not null,
    merchant_id uuid not null,
    loan_id uuid not null,
    amount_minor bigint not null,
    currency text not null,
    reason text not null,
    refunded_at timestamptz not null,
    constraint refund_pk primary key (b, refund_id),
    constraint refund_amount_positive check (amount_minor > 0)
);
select dist.bucket_table('refund');
create index refund_checkout_ix on refund (b, checkout_id, refunded_at);
select dist.append_only('refund');

create table merchant_item (
    b smallint not null,
    item_id uuid not null,
    merchant_id uuid not null,
    checkout_id uuid not null,
    order_number text not null,
    kind text not null,
    amount_minor bigint not null,
    currency text not null,
    effective_on date not null,
    settlement_id uuid,
    constraint merchant_item_pk primary key (b, item_id),
    constraint merchant_item_kind_known check (
        kind in ('captured', 'discount', 'refunded', 'discount_returned', 'subsidy', 'subsidy_returned')
    )
);
select dist.bucket_table('merchant_item');
create index merchant_item_open_ix on merchant_item (b, merchant_id, effective_on) where settlement_id is null;
create index merchant_item_settlement_ix on merchant_item (b, settlement_id);

create table settlement (
    b smallint not null,
    settlement_id uuid not null,
    merchant_id uuid not null,
    until_on date not null,
    currency text not null,
    items_minor bigint not null,
    carried_in_minor bigint not null,
    paid_minor bigint not null,
    carried_out_minor bigint not null,
    item_count integer not null,
    payout_order_id uuid,
    created_at timestamptz not null,
    constraint settlement_pk primary key (b, settlement_id),
    constraint settlement_adds_up check (items_minor + carried_in_minor = paid_minor + carried_out_minor),
    constraint settlement_pays_or_carries check (paid_minor >= 0 and carried_out_minor <= 0)
);
select dist.bucket_table('settlement');
create unique index settlement_day_unique on settlement (b, merchant_id, until_on);
select dist.append_only('settlement');
