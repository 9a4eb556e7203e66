create table lender (
    lender_id uuid not null,
    name_zh text not null,
    name_en text not null,
    lender_type text not null,
    licence text not null,
    constraint lender_pk primary key (lender_id),
    constraint lender_type_known check (lender_type in ('microloan', 'consumer_finance', 'bank', 'facilitated'))
);
select dist.reference_table('lender');

create table merchant (
    merchant_id uuid not null,
    name_zh text not null,
    name_en text not null,
    discount_rate numeric(9, 6) not null,
    payout_token text not null,
    webhook_url text,
    webhook_secret_sealed bytea,
    is_stand_in boolean not null,
    constraint merchant_pk primary key (merchant_id),
    constraint merchant_discount_rate_range check (discount_rate >= 0 and discount_rate < 1)
);
select dist.reference_table('merchant');

create table api_key (
    api_key_id uuid not null,
    merchant_id uuid not null,
    key_hash bytea not null,
    hint text not null,
    created_at timestamptz not null,
    revoked_at timestamptz,
    constraint api_key_pk primary key (api_key_id),
    constraint api_key_hash_unique unique (key_hash)
);
select dist.reference_table('api_key');
alter table api_key add constraint api_key_merchant_fk foreign key (merchant_id) references merchant (merchant_id);
create index api_key_merchant_ix on api_key (merchant_id);

create table product (
    product_id text not null,
    version text not null,
    lender_id uuid not null,
    content jsonb not null,
    constraint product_pk primary key (product_id, version)
);
select dist.reference_table('product');
alter table product add constraint product_lender_fk foreign key (lender_id) references lender (lender_id);

create table phone (
    sku text not null,
    brand text not null,
    name_zh text not null,
    name_en text not null,
    storage text not null,
    price_minor bigint not null,
    currency text not null,
    interest_free_tenors smallint [] not null,
    constraint phone_pk primary key (sku),
    constraint phone_price_positive check (price_minor > 0)
);
select dist.reference_table('phone');

create table authority (
    kind text not null,
    name text not null,
    version text not null,
    content jsonb not null,
    effective_from date not null,
    proposed_by text not null,
    approved_by text not null,
    recorded_at timestamptz not null,
    constraint authority_pk primary key (kind, name, version),
    constraint authority_kind_known check (kind in ('rulepack', 'strategy', 'scorecard', 'text', 'catalogue')),
    constraint authority_four_eyes check (proposed_by <> approved_by)
);
select dist.reference_table('authority');
select dist.append_only('authority');

create table staff (
    staff_id uuid not null,
    login text not null,
    password_hash text not null,
    roles text [] not null,
    is_demo boolean not null,
    created_at timestamptz not null,
    disabled_at timestamptz,
    constraint staff_pk primary key (staff_id),
    constraint staff_login_unique unique (login)
);
select dist.local_table('staff');

create table staff_session (
    token_hash bytea not null,
    staff_id uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    constraint staff_session_pk primary key (token_hash)
);
select dist.local_table('staff_session');
alter table staff_session add constraint staff_session_staff_fk foreign key (staff_id) references staff (staff_id);
create index staff_session_staff_ix on staff_session (staff_id);
