create table throttle (
    b smallint not null,
    kind text not null,
    subject bytea not null,
    since timestamptz not null,
    try_count smallint not null,
    constraint throttle_pk primary key (b, kind, subject),
    constraint throttle_kind_known check (kind in ('staff_log_in', 'registry_check')),
    constraint throttle_tries_counted check (try_count > 0)
);
select dist.bucket_table('throttle');
