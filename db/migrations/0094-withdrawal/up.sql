-- It comes back wider in the next statement.
-- squawk-ignore ban-drop-constraint
alter table payment_order drop constraint payment_order_purpose_known;
alter table payment_order add constraint payment_order_purpose_known check (
    purpose in (
        'repay', 'pay_off', 'withdraw', 'return_overpayment', 'settlement', 'joint', 'auto_debit', 'return_suspense'
    )
) not valid;
