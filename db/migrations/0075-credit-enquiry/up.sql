create table credit_enquiry (
    b smallint not null,
    enquiry_id uuid not null,
    customer_id uuid not null,
    checkout_id uuid,
    purpose text not null,
    bureau text not null,
    is_stand_in boolean not null,
    is_answered boolean not null,
    reference text not null,
    asked_at timestamptz not null,
    constraint credit_enquiry_pk primary key (b, enquiry_id)
);
select dist.bucket_table('credit_enquiry');
alter table credit_enquiry add constraint credit_enquiry_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index credit_enquiry_customer_ix on credit_enquiry (b, customer_id, asked_at, enquiry_id);
create index credit_enquiry_log_ix on credit_enquiry (asked_at, enquiry_id);
select dist.append_only('credit_enquiry');
