create table notice_template (
    name text not null,
    version integer not null,
    purpose text not null,
    body_zh text not null,
    body_en text not null,
    proposed_by text not null,
    proposed_at timestamptz not null,
    constraint notice_template_pk primary key (name, version),
    constraint notice_template_proposer_unique unique (name, version, proposed_by),
    constraint notice_template_version_counted check (version > 0),
    constraint notice_template_purpose_known check (purpose in ('servicing', 'collection', 'marketing'))
);
select dist.reference_table('notice_template');
select dist.append_only('notice_template');

create table notice_template_approval (
    name text not null,
    version integer not null,
    proposed_by text not null,
    approved_by text not null,
    approved_at timestamptz not null,
    effective_from date not null,
    constraint notice_template_approval_pk primary key (name, version),
    constraint notice_template_approval_four_eyes check (proposed_by <> approved_by)
);
select dist.reference_table('notice_template_approval');
alter table notice_template_approval add constraint notice_template_approval_template_fk
foreign key (name, version, proposed_by) references notice_template (name, version, proposed_by);
select dist.append_only('notice_template_approval');
