do $$
declare
    role_name text;
begin
    foreach role_name in array array['fenqi_owner', 'fenqi_app'] loop
        if not exists (select from pg_roles where rolname = role_name) then
            begin
                execute format('create role %I nologin', role_name);
            exception
                when duplicate_object or unique_violation then null;
                when insufficient_privilege then
                    raise exception 'role % does not exist and may not be created here', role_name
                        using errcode = 'ZF002';
            end;
        end if;
        if not pg_has_role(current_user, role_name, 'set') then
            execute format('grant %I to %I with inherit true, set true', role_name, current_user);
        end if;
    end loop;
end
$$;

create schema dist;
grant usage on schema dist to fenqi_app, fenqi_owner;
grant usage on schema public to fenqi_app;
grant usage, create on schema public to fenqi_owner;

create table dist.migration (
    name text not null,
    sha256 text not null,
    constraint migration_pk primary key (name)
);

create table dist.declared (
    position integer generated always as identity,
    relation text not null,
    kind text not null,
    constraint declared_pk primary key (relation),
    constraint declared_kind_known check (kind in ('bucket', 'reference', 'local'))
);

create table dist.function (
    signature text not null,
    kind text not null,
    constraint function_pk primary key (signature),
    constraint function_kind_known check (kind in ('bucket', 'fanout'))
);
grant select on all tables in schema dist to fenqi_app;

-- What follows is the only part that knows which engine it runs on.
create function dist.is_cluster() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select exists (select from pg_extension where extname = 'citus')
$$;

create function dist.first_bucket_table() returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select relation from dist.declared where kind = 'bucket' order by position limit 1
$$;

create function dist.hand_over(relation regclass) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('alter table %s owner to fenqi_owner', relation);
    execute format('grant select, insert, update, delete on %s to fenqi_app', relation);
end
$$;

create function dist.bucket_table(relation regclass) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    first_table text := dist.first_bucket_table();
begin
    insert into dist.declared (relation, kind) values (relation::text, 'bucket');
    if dist.is_cluster() and first_table is null then
        execute format('select public.create_distributed_table(%L, ''b'', colocate_with => ''none'', shard_count => 32)', relation);
    elsif dist.is_cluster() then
        execute format('select public.create_distributed_table(%L, ''b'', colocate_with => %L)', relation, first_table);
    end if;
    perform dist.hand_over(relation);
end
$$;

create function dist.reference_table(relation regclass) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into dist.declared (relation, kind) values (relation::text, 'reference');
    if dist.is_cluster() then
        execute format('select public.create_reference_table(%L)', relation);
    end if;
    perform dist.hand_over(relation);
end
$$;

create function dist.local_table(relation regclass) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into dist.declared (relation, kind) values (relation::text, 'local');
    perform dist.hand_over(relation);
end
$$;

create function dist.bucket_function(callee regprocedure) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into dist.function (signature, kind) values (callee::text, 'bucket');
    execute format('alter function %s owner to fenqi_owner', callee);
    execute format('revoke execute on function %s from public', callee);
    execute format('grant execute on function %s to fenqi_app', callee);
    if dist.is_cluster() then
        execute format(
            'select public.create_distributed_function(%L, ''$1'', colocate_with => %L)', callee, dist.first_bucket_table()
        );
    end if;
end
$$;

create function dist.fanout_function(callee regprocedure) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into dist.function (signature, kind) values (callee::text, 'fanout');
    execute format('alter function %s owner to fenqi_owner', callee);
    execute format('revoke execute on function %s from public', callee);
    execute format('grant execute on function %s to fenqi_app', callee);
end
$$;
create function dist.prefer_stored_plans() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    -- A cluster has to see the bucket to plan a query; one machine need not plan the same query again.
    if not dist.is_cluster() then
        perform set_config('plan_cache_mode', 'force_generic_plan', false);
    end if;
end
$$;
-- End of the part that knows its engine.

create function dist.deny() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'ZF001';
end
$$;

create function dist.append_only(relation regclass) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('revoke update, delete, truncate on %s from fenqi_app', relation);
    execute format(
        'create trigger append_only before update or delete on %s for each statement execute function dist.deny()', relation
    );
    execute format(
        'create trigger append_only_truncate before truncate on %s for each statement execute function dist.deny()', relation
    );
end
$$;

create function dist.written_by_function(relation regclass) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('revoke insert, update, delete, truncate on %s from fenqi_app', relation);
end
$$;

revoke execute on all functions in schema dist from public;
grant execute on function dist.prefer_stored_plans(), dist.is_cluster(), dist.first_bucket_table() to fenqi_app;

create view dist.relation as
select
    declared.kind,
    declared.relation,
    to_regclass(declared.relation)::oid as oid,
    (
        select attribute.attnum
        from pg_attribute as attribute
        where attribute.attrelid = to_regclass(declared.relation)::oid and attribute.attname = 'b'
    ) as bucket_attnum
from dist.declared;

create view dist.offence as
select 'declare' as rule, class.oid::regclass::text as object, 'the table is not declared bucket, reference or local' as why
from pg_class as class
inner join pg_namespace as namespace on class.relnamespace = namespace.oid
where
    class.relkind in ('r', 'p')
    and not class.relispartition
    and namespace.nspname not in ('information_schema', 'dist')
    and namespace.nspname !~ '^pg_'
    and not exists (select from dist.relation where relation.oid = class.oid)
    and not exists (select from pg_depend where pg_depend.objid = class.oid and pg_depend.deptype = 'e')

union all

select 'exists', relation.relation, 'it is declared and does not exist'
from dist.relation
where relation.oid is null

union all

select 'bucket column', relation.relation, 'b must be a plain smallint, not null, and first in the primary key'
from dist.relation
where
    relation.kind = 'bucket'
    and not exists (
        select
        from pg_attribute as attribute
        inner join pg_index as index on attribute.attrelid = index.indrelid
        where
            attribute.attrelid = relation.oid
            and attribute.attnum = relation.bucket_attnum
            and attribute.atttypid = 'smallint'::regtype
            and attribute.attnotnull
            and attribute.attgenerated = ''
            and attribute.attidentity = ''
            and index.indisprimary
            and index.indkey[0] = attribute.attnum
    )

union all

select 'unique', index.indexrelid::regclass::text, 'a unique or excluding index of a bucket table lacks b'
from pg_index as index
inner join dist.relation on index.indrelid = relation.oid
where
    relation.kind = 'bucket'
    and (index.indisunique or index.indisexclusion)
    and relation.bucket_attnum <> all((index.indkey::smallint [])[0:index.indnkeyatts - 1])

union all

select 'exclude', constraint_row.conname::text, 'b must be compared with = in an exclusion'
from pg_constraint as constraint_row
inner join dist.relation on constraint_row.conrelid = relation.oid
where
    relation.kind = 'bucket'
    and constraint_row.contype = 'x'
    and not exists (
        select
        from unnest(constraint_row.conkey, constraint_row.conexclop) as part (attnum, operator)
        inner join pg_operator on part.operator = pg_operator.oid
        where part.attnum = relation.bucket_attnum and pg_operator.oprname = '='
    )

union all

select 'foreign key', child.relation || '.' || constraint_row.conname, 'a ' || child.kind || ' table may not refer to this ' || parent.kind || ' table so'
from pg_constraint as constraint_row
inner join dist.relation as child on constraint_row.conrelid = child.oid
inner join dist.relation as parent on constraint_row.confrelid = parent.oid
where
    constraint_row.contype = 'f'
    and not (child.kind = 'bucket' and parent.kind = 'reference')
    and not (child.kind <> 'bucket' and parent.kind <> 'bucket')
    and not (
        child.kind = 'bucket'
        and parent.kind = 'bucket'
        and exists (
            select
            from unnest(constraint_row.conkey, constraint_row.confkey) as pair (child_attnum, parent_attnum)
            where pair.child_attnum = child.bucket_attnum and pair.parent_attnum = parent.bucket_attnum
        )
    )

union all

select 'foreign key action', relation.relation || '.' || constraint_row.conname, 'SET NULL and SET DEFAULT would change b'
from pg_constraint as constraint_row
inner join dist.relation on constraint_row.conrelid = relation.oid
where
    relation.kind = 'bucket'
    and constraint_row.contype = 'f'
    and relation.bucket_attnum = any(constraint_row.conkey)
    and (constraint_row.confdeltype in ('n', 'd') or constraint_row.confupdtype in ('n', 'd'))

union all

select 'trigger', relation.relation || '.' || trigger_row.tgname, 'only statement triggers that call dist.deny() before the fact, TRUNCATE in one of its own'
from pg_trigger as trigger_row
inner join dist.relation on trigger_row.tgrelid = relation.oid
where
    relation.kind <> 'local'
    and not trigger_row.tgisinternal
    and (
        trigger_row.tgtype & 1 = 1
        or trigger_row.tgtype & 2 = 0
        or trigger_row.tgfoid <> 'dist.deny'::regproc
        or (trigger_row.tgtype & 32 = 32 and trigger_row.tgtype & 28 <> 0)
    )

union all

select 'storage', relation.relation, 'a rule, inheritance or an unlogged table'
from dist.relation
inner join pg_class as class on relation.oid = class.oid
where
    class.relpersistence = 'u'
    or (class.relkind = 'r' and class.relhassubclass)
    or exists (select from pg_rewrite where pg_rewrite.ev_class = relation.oid and pg_rewrite.rulename <> '_RETURN')

union all

select 'partition', relation.relation, 'partitions are by range, never by b'
from dist.relation
inner join pg_partitioned_table as partitioned on relation.oid = partitioned.partrelid
where partitioned.partstrat <> 'r' or relation.bucket_attnum = any(partitioned.partattrs::smallint [])

union all

select 'owner', relation.relation, 'the table does not belong to fenqi_owner'
from dist.relation
inner join pg_class as class on relation.oid = class.oid
where pg_get_userbyid(class.relowner) <> 'fenqi_owner'

union all

select 'function', procedure.oid::regprocedure::text, 'it touches a bucket table and is not declared'
from pg_proc as procedure
inner join pg_namespace as namespace on procedure.pronamespace = namespace.oid
inner join pg_language as language on procedure.prolang = language.oid
where
    namespace.nspname not in ('information_schema', 'dist')
    and namespace.nspname !~ '^pg_'
    and language.lanname in ('plpgsql', 'sql')
    and exists (
        select
        from dist.relation
        inner join pg_class as class on relation.oid = class.oid
        where
            relation.kind = 'bucket'
            and procedure.prosrc ~* ('\m(from|join|into|update|only)\s+(public\.)?' || class.relname || '\M')
    )
    and not exists (select from dist.function where to_regprocedure(function.signature) = procedure.oid)

union all

select 'bucket function', procedure.oid::regprocedure::text, 'a bucket function is plpgsql and takes the bucket, a smallint, first'
from pg_proc as procedure
inner join dist.function on procedure.oid = to_regprocedure(function.signature)
inner join pg_language as language on procedure.prolang = language.oid
where
    function.kind = 'bucket'
    and (language.lanname <> 'plpgsql' or procedure.proargtypes[0] is distinct from 'smallint'::regtype)

union all

select 'definer', procedure.oid::regprocedure::text, 'a function that acts as its owner must fix its search_path'
from pg_proc as procedure
inner join pg_namespace as namespace on procedure.pronamespace = namespace.oid
where
    namespace.nspname in ('public', 'dist')
    and procedure.prosecdef
    and not exists (
        select from unnest(coalesce(procedure.proconfig, '{}')) as setting where setting like 'search_path=%'
    )

union all

select 'setting', procedure.oid::regprocedure::text, 'plan_cache_mode may not be set on a function'
from pg_proc as procedure
where exists (
    select from unnest(coalesce(procedure.proconfig, '{}')) as setting where setting like 'plan_cache_mode=%'
)

union all

select 'word', procedure.oid::regprocedure::text, 'it uses ' || word
from pg_proc as procedure
inner join dist.function on procedure.oid = to_regprocedure(function.signature)
cross join unnest(
    '{merge into,pg_notify,notify ,pg_advisory,grouping sets,rollup(,cube(,now(),clock_timestamp(,current_date,current_timestamp,random()}'::text []
) as word
where position(word in lower(procedure.prosrc)) > 0;

grant select on dist.relation, dist.offence to fenqi_app;
