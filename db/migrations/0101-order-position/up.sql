create sequence order_event_position as bigint;
alter sequence order_event_position owner to fenqi_owner;
grant usage on sequence order_event_position to fenqi_app;
select setval('order_event_position', (select coalesce(max(log_position), 0) + 1 from order_event), false);

create function next_order_position() returns bigint
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform pg_current_xact_id();
    return nextval('public.order_event_position');
end
$$;
alter function next_order_position() owner to fenqi_owner;
grant execute on function next_order_position() to fenqi_app;
