alter table order_event
add column kind text not null default 'ordered',
add column checkout_id uuid,
add column region text;
alter table order_event add constraint order_event_kind_known check (
    kind in (
        'opened', 'code_asked', 'code_wrong', 'entered', 'identity_refused', 'ordered', 'signed', 'captured', 'frozen',
        'released', 'fraud'
    )
) not valid;
create index order_event_device_ix on order_event (device, at) where kind = 'ordered' and device is not null;
create index order_event_address_ix on order_event (address, at) where kind = 'ordered' and address is not null;

alter table checkout
add column ship_address text,
add column ship_contact text,
add column ship_region text;
