create table head (
    b smallint not null,
    last_seq bigint not null,
    open_from date not null,
    constraint head_pk primary key (b),
    constraint head_bucket_range check (b between 0 and 255),
    constraint head_seq_counted check (last_seq >= 0)
)
with (fillfactor = 50);
select dist.bucket_table('head');

create table ledger (
    ledger smallint not null,
    currency text not null,
    is_memo boolean not null,
    constraint ledger_pk primary key (ledger),
    constraint ledger_meaning_unique unique (currency, is_memo)
);
select dist.reference_table('ledger');

create table account_kind (
    kind smallint not null,
    name text not null,
    name_zh text not null,
    subject_code text not null,
    normal_side text not null,
    is_striped boolean not null,
    is_memo boolean not null,
    is_floored boolean not null,
    constraint account_kind_pk primary key (kind),
    constraint account_kind_name_unique unique (name),
    constraint account_kind_side_known check (normal_side in ('debit', 'credit'))
);
select dist.reference_table('account_kind');

create table transaction_kind (
    kind smallint not null,
    name text not null,
    constraint transaction_kind_pk primary key (kind),
    constraint transaction_kind_name_unique unique (name)
);
select dist.reference_table('transaction_kind');

create table account (
    b smallint not null,
    account_id uuid not null,
    kind smallint not null,
    owner uuid not null,
    ledger smallint not null,
    floor_minor bigint,
    debits_posted bigint not null,
    credits_posted bigint not null,
    debits_pending bigint not null,
    credits_pending bigint not null,
    constraint account_pk primary key (b, account_id),
    constraint account_floor_by_kind check ((floor_minor is not null) = (kind = 6)),
    constraint account_sums_positive check (
        debits_posted >= 0 and credits_posted >= 0 and debits_pending >= 0 and credits_pending >= 0
    )
)
with (fillfactor = 60);
select dist.bucket_table('account');
create index account_owner_ix on account (b, owner);

create table transaction (
    b smallint not null,
    transaction_id uuid not null,
    payload_hash uuid not null,
    seq_from bigint not null,
    leg_count smallint not null,
    kind smallint not null,
    effective_on date not null,
    value_on date not null,
    loan_id uuid,
    reference uuid,
    captures uuid,
    is_forced boolean not null,
    note text not null,
    posted_at timestamptz not null,
    constraint transaction_pk primary key (b, transaction_id),
    constraint transaction_legs_counted check (leg_count > 0)
);
select dist.bucket_table('transaction');
create unique index transaction_seq_unique on transaction (b, seq_from);
create index transaction_loan_ix on transaction (b, loan_id) where loan_id is not null;

create table leg (
    b smallint not null,
    seq bigint not null,
    seq_from bigint not null,
    debit_id uuid not null,
    credit_id uuid not null,
    amount_minor bigint not null,
    ledger smallint not null,
    effective_on date not null,
    value_on date not null,
    constraint leg_pk primary key (b, seq),
    constraint leg_amount_positive check (amount_minor > 0),
    constraint leg_two_accounts check (debit_id <> credit_id)
);
select dist.bucket_table('leg');
create index leg_debit_ix on leg (b, debit_id, effective_on);
create index leg_credit_ix on leg (b, credit_id, effective_on);

create table hold (
    b smallint not null,
    hold_id uuid not null,
    payload_hash uuid not null,
    debit_id uuid not null,
    credit_id uuid not null,
    amount_minor bigint not null,
    ledger smallint not null,
    reference uuid,
    held_at timestamptz not null,
    expires_at timestamptz not null,
    constraint hold_pk primary key (b, hold_id),
    constraint hold_amount_positive check (amount_minor > 0),
    constraint hold_ends_later check (expires_at > held_at)
);
select dist.bucket_table('hold');
create index hold_debit_ix on hold (b, debit_id);

create table hold_end (
    b smallint not null,
    hold_id uuid not null,
    how text not null,
    transaction_id uuid,
    captured_minor bigint not null,
    ended_at timestamptz not null,
    constraint hold_end_pk primary key (b, hold_id),
    constraint hold_end_known check (how in ('captured', 'voided', 'expired')),
    constraint hold_end_captured_by check (
        (how = 'captured') = (transaction_id is not null) and (how = 'captured') = (captured_minor > 0)
    )
);
select dist.bucket_table('hold_end');
alter table hold_end add constraint hold_end_hold_fk foreign key (b, hold_id) references hold (b, hold_id);

create table closed_period (
    b smallint not null,
    closed_until date not null,
    closed_at timestamptz not null,
    constraint closed_period_pk primary key (b, closed_until)
);
select dist.bucket_table('closed_period');

create view journal as
select
    leg.b,
    leg.seq,
    transaction.transaction_id,
    transaction_kind.name as kind,
    leg.effective_on,
    leg.value_on,
    transaction.posted_at,
    debit_kind.name as debit_kind,
    debit.owner as debit_owner,
    credit_kind.name as credit_kind,
    credit.owner as credit_owner,
    leg.amount_minor,
    ledger.currency,
    transaction.loan_id,
    transaction.reference,
    transaction.note
from leg
inner join transaction on leg.b = transaction.b and leg.seq_from = transaction.seq_from
inner join account as debit on leg.b = debit.b and leg.debit_id = debit.account_id
inner join account as credit on leg.b = credit.b and leg.credit_id = credit.account_id
inner join account_kind as debit_kind on debit.kind = debit_kind.kind
inner join account_kind as credit_kind on credit.kind = credit_kind.kind
inner join transaction_kind on transaction.kind = transaction_kind.kind
inner join ledger on leg.ledger = ledger.ledger;
alter view journal owner to fenqi_owner;
grant select on journal to fenqi_app;

select dist.append_only(relation)
from unnest('{transaction,leg,hold,hold_end,closed_period}'::regclass []) as relation;
select dist.written_by_function(relation)
from unnest(
    '{head,account,transaction,leg,hold,hold_end,closed_period,ledger,account_kind,transaction_kind}'::regclass []
) as relation;

insert into head (b, last_seq, open_from)
select
    b,
    0,
    date '0001-01-01'
from generate_series(0, 255) as b;

insert into account_kind (kind, name, name_zh, subject_code, normal_side, is_striped, is_memo, is_floored)
values
(1, 'loan_principal', '贷款本金', '1303', 'debit', false, false, false),
(2, 'interest_receivable', '应收利息', '1132', 'debit', false, false, false),
(3, 'fee_receivable', '应收分期手续费', '1122', 'debit', false, false, false),
(4, 'penalty_receivable', '应收罚息', '1132', 'debit', false, false, false),
(5, 'customer_overpayment', '应付客户溢缴款', '2241', 'credit', false, false, false),
(6, 'credit_line', '可用额度', '', 'credit', false, true, true),
(7, 'credit_line_granted', '授信额度', '', 'debit', false, true, false),
(8, 'credit_line_drawn', '已用额度', '', 'credit', false, true, false),
(9, 'merchant_payable', '应付商户款', '2202', 'credit', true, false, false),
(10, 'payout_clearing', '清算资金往来', '3001', 'debit', true, false, false),
(11, 'channel_clearing', '支付渠道在途资金', '1012', 'debit', true, false, false),
(12, 'bank_cash', '银行存款', '1002', 'debit', true, false, false),
(13, 'interest_income', '利息收入', '6011', 'credit', true, false, false),
(14, 'fee_income', '分期手续费收入', '6021', 'credit', true, false, false),
(15, 'penalty_income', '罚息收入', '6011', 'credit', true, false, false),
(16, 'merchant_fee_income', '商户服务费收入', '6021', 'credit', true, false, false),
(17, 'subsidy_receivable', '应收贴息款', '1122', 'debit', true, false, false),
(18, 'unearned_subsidy', '递延贴息收益', '2401', 'credit', false, false, false),
(19, 'subsidy_income', '贴息收入', '6011', 'credit', true, false, false),
(20, 'goodwill_expense', '减免支出', '6711', 'debit', true, false, false),
(21, 'write_off_expense', '贷款核销损失', '6702', 'debit', true, false, false),
(22, 'recovery_income', '已核销贷款收回', '6702', 'credit', true, false, false),
(23, 'suspense', '待查款项', '1901', 'credit', true, false, false);

insert into transaction_kind (kind, name)
values
(1, 'set_limit'),
(2, 'draw_down'),
(3, 'accrue'),
(4, 'repay'),
(5, 'refund'),
(6, 'return_overpayment'),
(7, 'forgive'),
(8, 'write_off'),
(9, 'recover'),
(10, 'charge_merchant'),
(11, 'subsidise'),
(12, 'settle_merchant'),
(13, 'pay_out'),
(14, 'clear_channel');

insert into ledger (ledger, currency, is_memo)
values
(156, 'CNY', false),
(1156, 'CNY', true),
(978, 'EUR', false),
(1978, 'EUR', true),
(344, 'HKD', false),
(1344, 'HKD', true),
(392, 'JPY', false),
(1392, 'JPY', true),
(901, 'TWD', false),
(1901, 'TWD', true),
(840, 'USD', false),
(1840, 'USD', true);
