create table agency_change (
    change_id uuid not null,
    agency_id uuid not null,
    kind text not null,
    was_on date not null,
    is_on date not null,
    why text not null,
    changed_by text not null,
    changed_at timestamptz not null,
    constraint agency_change_pk primary key (change_id),
    constraint agency_change_kind_known check (kind in ('renewed', 'assessed', 'ended'))
);
select dist.reference_table('agency_change');
alter table agency_change add constraint agency_change_agency_fk
foreign key (agency_id) references agency (agency_id);
create index agency_change_agency_ix on agency_change (agency_id, changed_at);
select dist.append_only('agency_change');
