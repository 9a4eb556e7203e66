create table collection_hold (
    b smallint not null,
    hold_id uuid not null,
    customer_id uuid not null,
    loan_id uuid,
    kind text not null,
    about uuid not null,
    begun_by text not null,
    begun_at timestamptz not null,
    constraint collection_hold_pk primary key (b, hold_id),
    constraint collection_hold_kind_known check (kind in ('hardship', 'dispute'))
);
select dist.bucket_table('collection_hold');
alter table collection_hold add constraint collection_hold_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
alter table collection_hold add constraint collection_hold_loan_fk
foreign key (b, loan_id) references loan (b, loan_id);
create index collection_hold_customer_ix on collection_hold (b, customer_id, begun_at);
select dist.append_only('collection_hold');

create table collection_hold_end (
    b smallint not null,
    hold_id uuid not null,
    why text not null,
    ended_by text not null,
    ended_at timestamptz not null,
    constraint collection_hold_end_pk primary key (b, hold_id)
);
select dist.bucket_table('collection_hold_end');
alter table collection_hold_end add constraint collection_hold_end_hold_fk
foreign key (b, hold_id) references collection_hold (b, hold_id);
select dist.append_only('collection_hold_end');
