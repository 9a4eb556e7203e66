create index decision_recent_ix on decision (decided_at, decision_id);
create index loan_recent_ix on loan (drawn_on, loan_id);
create index loan_status_ix on loan (status, drawn_on, loan_id);
create index loan_late_ix on loan (drawn_on, loan_id) where oldest_unpaid_due_on is not null;
create index account_kind_ix on account (kind, account_id);
create index customer_masked_ix on customer (mobile_masked);
create index merchant_item_owed_ix on merchant_item (merchant_id, effective_on, item_id) where settlement_id is null;
