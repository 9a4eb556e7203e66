-- Nobody runs an installation with instalments worth a wait yet: the rewrite and its locks are over before anybody asks.
alter table instalment
add column is_foretold boolean not null default false,
-- What every instalment of the demo market is in: told by default, it costs no second rewrite.
add column currency text not null default 'CNY',
-- squawk-ignore adding-field-with-default
add column falls_interest_minor bigint generated always as (interest_minor - interest_early_minor) stored,
-- squawk-ignore adding-field-with-default
add column falls_fee_minor bigint generated always as (fee_minor - fee_early_minor) stored;

create table day_head (
    b smallint not null,
    earned_on date,
    constraint day_head_pk primary key (b)
)
with (fillfactor = 50);
select dist.bucket_table('day_head');
insert into day_head (b, earned_on)
select
    head.b,
    max(day_close.closed_on)
from head
left join day_close on head.b = day_close.b
group by head.b;

-- squawk-ignore ban-drop-default
alter table instalment alter column currency drop default;
update instalment
set currency = loan.currency
from loan
where instalment.b = loan.b and instalment.loan_id = loan.loan_id and loan.currency <> 'CNY';
update instalment
set is_foretold = true
from loan
inner join day_head on loan.b = day_head.b
where
    instalment.b = loan.b
    and instalment.loan_id = loan.loan_id
    and loan.is_steady
    and coalesce(loan.subsidy -> 'parts', '[]'::jsonb) = '[]'::jsonb
    and instalment.due_on > greatest(loan.booked_on, day_head.earned_on)
    and instalment.due_on <= coalesce(loan.unpaid_due_on, instalment.due_on)
    and not exists (
        select
        from instalment as other
        where
            other.b = loan.b
            and other.loan_id = loan.loan_id
            and other.due_on > loan.booked_on
            and other.penalty_minor <> other.penalty_early_minor
    );

-- squawk-ignore require-concurrent-index-deletion
drop index instalment_due_ix;
create index instalment_due_ix on instalment (b, due_on, is_foretold);
create index instalment_foretold_ix on instalment (b, due_on)
include (loan_id, currency, falls_interest_minor, falls_fee_minor) where is_foretold;
