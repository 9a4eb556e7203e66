create table mandate (
    b smallint not null,
    mandate_id uuid not null,
    customer_id uuid not null,
    account_token text not null,
    text_name text not null,
    text_version text not null,
    text_language text not null,
    text_sha256 text not null,
    code_id uuid not null,
    signed_at timestamptz not null,
    constraint mandate_pk primary key (b, mandate_id)
);
select dist.bucket_table('mandate');
alter table mandate add constraint mandate_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index mandate_customer_ix on mandate (b, customer_id, signed_at);
select dist.append_only('mandate');

create table mandate_end (
    b smallint not null,
    mandate_id uuid not null,
    reason text not null,
    ended_at timestamptz not null,
    constraint mandate_end_pk primary key (b, mandate_id),
    constraint mandate_end_reason_known check (reason in ('revoked', 'replaced'))
);
select dist.bucket_table('mandate_end');
alter table mandate_end add constraint mandate_end_mandate_fk
foreign key (b, mandate_id) references mandate (b, mandate_id);
select dist.append_only('mandate_end');
