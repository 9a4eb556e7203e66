alter table loan
add column is_steady boolean not null default false,
add column late_rate_per_day numeric not null default 0,
add column truncates boolean not null default false;
alter table loan set (fillfactor = 80);

alter table instalment
add column interest_early_minor bigint not null default 0,
add column fee_early_minor bigint not null default 0,
add column penalty_early_minor bigint not null default 0,
add column principal_unpaid_minor bigint not null default 0,
add column late_weight bigint not null default 0,
add column late_from_on date;
alter table instalment set (fillfactor = 80);
