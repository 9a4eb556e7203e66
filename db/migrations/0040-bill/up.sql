-- It comes back wider in the next statement.
-- squawk-ignore ban-drop-constraint
alter table document drop constraint document_kind_known;
alter table document add constraint document_kind_known
check (kind in ('disclosure', 'agreement', 'plan', 'statement', 'statement_pdf', 'mandate')) not valid;

create table bill (
    b smallint not null,
    bill_id uuid not null,
    customer_id uuid not null,
    mode text not null,
    billed_on date not null,
    due_on date not null,
    currency text not null,
    new_minor bigint not null,
    carried_minor bigint not null,
    document_id uuid not null,
    created_at timestamptz not null,
    constraint bill_pk primary key (b, bill_id),
    constraint bill_mode_known check (mode in ('order', 'bill')),
    constraint bill_days_in_order check (billed_on <= due_on),
    constraint bill_amounts_counted check (new_minor >= 0 and carried_minor >= 0)
);
select dist.bucket_table('bill');
alter table bill add constraint bill_customer_fk foreign key (b, customer_id) references customer (b, customer_id);
alter table bill add constraint bill_document_fk foreign key (b, document_id) references document (b, document_id);
create index bill_customer_ix on bill (b, customer_id, due_on, bill_id);
select dist.append_only('bill');

create table bill_line (
    b smallint not null,
    bill_id uuid not null,
    loan_id uuid not null,
    instalment smallint not null,
    due_on date not null,
    principal_minor bigint not null,
    interest_minor bigint not null,
    fee_minor bigint not null,
    penalty_minor bigint not null,
    constraint bill_line_pk primary key (b, bill_id, loan_id, instalment)
);
select dist.bucket_table('bill_line');
alter table bill_line add constraint bill_line_bill_fk foreign key (b, bill_id) references bill (b, bill_id);
alter table bill_line add constraint bill_line_loan_fk foreign key (b, loan_id) references loan (b, loan_id);
select dist.append_only('bill_line');
