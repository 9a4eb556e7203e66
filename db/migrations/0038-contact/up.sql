create table contact (
    b smallint not null,
    contact_id uuid not null,
    customer_id uuid not null,
    purpose text not null,
    channel text not null,
    number bytea not null,
    template text not null,
    template_version integer not null,
    content text not null,
    about uuid,
    begun_at timestamptz not null,
    begun_by text not null,
    constraint contact_pk primary key (b, contact_id),
    constraint contact_purpose_known check (purpose in ('servicing', 'collection', 'marketing')),
    constraint contact_channel_known check (channel in ('inbox', 'sms', 'voice_notice', 'call'))
);
select dist.bucket_table('contact');
alter table contact add constraint contact_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
alter table contact add constraint contact_template_fk
foreign key (template, template_version) references notice_template (name, version);
create index contact_customer_ix on contact (b, customer_id, begun_at, contact_id);
select dist.append_only('contact');

create table contact_result (
    b smallint not null,
    contact_id uuid not null,
    result text not null,
    reference text not null,
    told_at timestamptz not null,
    constraint contact_result_pk primary key (b, contact_id, result),
    constraint contact_result_known check (result in ('sent', 'delivered', 'failed', 'connected', 'unanswered'))
);
select dist.bucket_table('contact_result');
alter table contact_result add constraint contact_result_contact_fk
foreign key (b, contact_id) references contact (b, contact_id);
select dist.append_only('contact_result');

create table contact_stop (
    b smallint not null,
    stop_id uuid not null,
    customer_id uuid not null,
    kind text not null,
    lasts boolean not null,
    said_by text not null,
    said_at timestamptz not null,
    constraint contact_stop_pk primary key (b, stop_id),
    constraint contact_stop_kind_known
    check (kind in ('complaint', 'dispute', 'hardship', 'over_indebted', 'student'))
);
select dist.bucket_table('contact_stop');
alter table contact_stop add constraint contact_stop_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index contact_stop_customer_ix on contact_stop (b, customer_id, kind, said_at, stop_id);
select dist.append_only('contact_stop');

create table contact_preference (
    b smallint not null,
    preference_id uuid not null,
    customer_id uuid not null,
    purpose text not null,
    channel text not null,
    is_on boolean not null,
    said_at timestamptz not null,
    constraint contact_preference_pk primary key (b, preference_id)
);
select dist.bucket_table('contact_preference');
alter table contact_preference add constraint contact_preference_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index contact_preference_customer_ix on contact_preference (b, customer_id, said_at, preference_id);
select dist.append_only('contact_preference');
