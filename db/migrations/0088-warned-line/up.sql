-- The checks are made anew below, wider: nothing that held stops holding.
-- squawk-ignore ban-drop-constraint
alter table limit_event drop constraint limit_event_kind_known;
alter table limit_event add constraint limit_event_kind_known check (
    kind in (
        'became_late', 'caught_up', 'paid_off', 'charged_off', 'fraud_flagged', 'fraud_cleared', 'held', 'released',
        'stated', 'warned', 'calmed'
    )
) not valid;
-- squawk-ignore ban-drop-constraint
alter table limit_change drop constraint limit_change_cause_known;
alter table limit_change add constraint limit_change_cause_known check (
    cause in (
        'application', 'month', 'became_late', 'caught_up', 'paid_off', 'charged_off', 'fraud_flagged', 'fraud_cleared',
        'held', 'released', 'special', 'special_over', 'stated', 'warned', 'calmed'
    )
) not valid;
