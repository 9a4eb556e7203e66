create table credit_waiting (
    b smallint not null,
    loan_id uuid not null,
    month_on date not null,
    version integer not null,
    constraint credit_waiting_pk primary key (b, loan_id, month_on)
);
select dist.bucket_table('credit_waiting');
alter table credit_waiting add constraint credit_waiting_record_fk
foreign key (b, loan_id, month_on, version) references credit_record (b, loan_id, month_on, version);

insert into credit_waiting (b, loan_id, month_on, version)
select record.b, record.loan_id, record.month_on, max(record.version)
from credit_record as record
left join credit_line as line
    on
        record.b = line.b
        and record.loan_id = line.loan_id
        and record.month_on = line.month_on
        and record.version = line.version
where
    line.b is null
    and not exists (
        select
        from credit_record as later
        where
            later.b = record.b and later.loan_id = record.loan_id and later.month_on = record.month_on
            and later.version > record.version
    )
group by record.b, record.loan_id, record.month_on;
