-- It comes back wider in the next statement.
-- squawk-ignore ban-drop-constraint
alter table payment_order drop constraint payment_order_purpose_known;
alter table payment_order add constraint payment_order_purpose_known check (
    purpose in (
        'repay', 'pay_off', 'return_overpayment', 'settlement', 'joint', 'auto_debit', 'return_suspense'
    )
) not valid;
alter table payment_order add column settled_on date;
create index payment_order_settled_ix on payment_order (settled_on, b, order_id) where settled_on is not null;
create index payment_order_customer_ix on payment_order (b, customer_id, requested_at) where customer_id is not null;

create table joint_payment (
    b smallint not null,
    order_id uuid not null,
    customer_id uuid not null,
    rule text not null,
    loan_ids uuid [] not null,
    mandate_id uuid,
    due_on date,
    attempt smallint,
    constraint joint_payment_pk primary key (b, order_id),
    constraint joint_payment_rule_known check (rule in ('oldest_due', 'dearest_first', 'as_chosen')),
    constraint joint_payment_debit_whole check (
        (mandate_id is null) = (due_on is null) and (mandate_id is null) = (attempt is null)
    )
);
select dist.bucket_table('joint_payment');
alter table joint_payment add constraint joint_payment_customer_fk
foreign key (b, customer_id) references customer (b, customer_id);
create index joint_payment_customer_ix on joint_payment (b, customer_id, due_on);
select dist.append_only('joint_payment');

create table payment_part (
    b smallint not null,
    payment_id uuid not null,
    place smallint not null,
    loan_id uuid not null,
    amount_minor bigint not null,
    constraint payment_part_pk primary key (b, payment_id, place),
    constraint payment_part_amount_positive check (amount_minor > 0)
);
select dist.bucket_table('payment_part');
alter table payment_part add constraint payment_part_loan_fk foreign key (b, loan_id) references loan (b, loan_id);
select dist.append_only('payment_part');

create index loan_overpaid_ix on loan (b, loan_id) where overpaid_minor > 0;
