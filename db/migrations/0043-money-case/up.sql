insert into transaction_kind (kind, name)
values
(15, 'suspend'),
(16, 'release');

create table transfer (
    b smallint not null,
    transfer_id uuid not null,
    way text not null,
    bank_reference text not null,
    payer text not null,
    remark text not null,
    amount_minor bigint not null,
    currency text not null,
    received_on date not null,
    state text not null,
    customer_id uuid,
    recorded_by text not null,
    recorded_at timestamptz not null,
    constraint transfer_pk primary key (b, transfer_id),
    constraint transfer_way_known check (way in ('bank', 'counter', 'channel')),
    constraint transfer_state_known check (state in ('suspense', 'placed', 'returning', 'returned')),
    constraint transfer_amount_positive check (amount_minor > 0),
    constraint transfer_placed_on_somebody check ((customer_id is not null) = (state = 'placed'))
);
select dist.bucket_table('transfer');
create index transfer_received_ix on transfer (received_on, transfer_id);

create table settlement_file (
    b smallint not null,
    file_sha256 text not null,
    channel text not null,
    settled_on date not null,
    line_count integer not null,
    matched_count integer not null,
    concluded_count integer not null,
    break_count integer not null,
    cleared_minor bigint not null,
    is_stand_in boolean not null,
    read_at timestamptz not null,
    constraint settlement_file_pk primary key (b, file_sha256)
);
select dist.bucket_table('settlement_file');
create index settlement_file_day_ix on settlement_file (settled_on, read_at, file_sha256);
select dist.append_only('settlement_file');

create table money_case (
    b smallint not null,
    case_id uuid not null,
    kind text not null,
    subject uuid not null,
    on_day date not null,
    ours_minor bigint,
    theirs_minor bigint,
    currency text not null,
    opened_at timestamptz not null,
    closed_at timestamptz,
    closed_by text,
    closed_how text,
    closed_text text,
    constraint money_case_pk primary key (b, case_id),
    constraint money_case_kind_known check (
        kind in ('suspense', 'missing', 'extra', 'differing', 'contradicted', 'return_failed')
    ),
    constraint money_case_closed_how_known check (
        closed_how in ('settled_later', 'corrected', 'placed', 'returned', 'suspended', 'explained')
    ),
    constraint money_case_closed_whole check (
        (closed_at is null) = (closed_by is null) and (closed_at is null) = (closed_how is null)
        and (closed_at is null) = (closed_text is null)
    )
);
select dist.bucket_table('money_case');
create unique index money_case_open_unique on money_case (b, kind, subject) where closed_at is null;
create index money_case_list_ix on money_case (opened_at, case_id);

alter table payment_order add column transfer_id uuid;
