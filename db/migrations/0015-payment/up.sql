create table payment_order (
    b smallint not null,
    order_id uuid not null,
    kind text not null,
    purpose text not null,
    customer_id uuid,
    loan_id uuid,
    merchant_id uuid,
    settlement_id uuid,
    amount_minor bigint not null,
    currency text not null,
    account_token text not null,
    state text not null,
    channel_reference text,
    channel text not null,
    is_stand_in boolean not null,
    requested_at timestamptz not null,
    requested_on date not null,
    concluded_at timestamptz,
    constraint payment_order_pk primary key (b, order_id),
    constraint payment_order_kind_known check (kind in ('debit', 'refund', 'payout')),
    constraint payment_order_purpose_known check (purpose in ('repay', 'pay_off', 'return_overpayment', 'settlement')),
    constraint payment_order_state_known check (state in ('requested', 'unknown', 'succeeded', 'failed')),
    constraint payment_order_amount_positive check (amount_minor > 0)
);
select dist.bucket_table('payment_order');
create index payment_order_open_ix on payment_order (b, requested_at) where state in ('requested', 'unknown');
create index payment_order_loan_ix on payment_order (b, loan_id, requested_at);
create index payment_order_settlement_ix on payment_order (b, settlement_id) where settlement_id is not null;
create index payment_order_day_ix on payment_order (requested_on, b, order_id);

create table payment_word (
    b smallint not null,
    word_id uuid not null,
    order_id uuid not null,
    how text not null,
    notice_id text,
    outcome text not null,
    content jsonb not null,
    received_at timestamptz not null,
    constraint payment_word_pk primary key (b, word_id),
    constraint payment_word_how_known check (how in ('answer', 'notice', 'query', 'settlement'))
);
select dist.bucket_table('payment_word');
alter table payment_word add constraint payment_word_order_fk
foreign key (b, order_id) references payment_order (b, order_id);
create unique index payment_word_notice_unique on payment_word (b, notice_id) where notice_id is not null;
create index payment_word_order_ix on payment_word (b, order_id, received_at);
select dist.append_only('payment_word');
