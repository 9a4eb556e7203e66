create table contact_language (
    b smallint not null,
    language_id uuid not null,
    customer_id uuid not null,
    language text not null,
    said_at timestamptz not null,
    constraint contact_language_pk primary key (b, language_id),
    constraint contact_language_known check (language in ('zh-CN', 'en'))
);
select dist.bucket_table('contact_language');
alter table contact_language add constraint contact_language_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index contact_language_customer_ix on contact_language (b, customer_id, said_at, language_id);
select dist.append_only('contact_language');

create index contact_begun_ix on contact (begun_at, contact_id);
