create function hold_amount(
    p_bucket smallint,
    p_hold_id uuid,
    p_hash uuid,
    p_account_id uuid [],
    p_kind smallint [],
    p_owner uuid [],
    p_floor_minor bigint [],
    p_ledger smallint,
    p_amount_minor bigint,
    p_reference uuid,
    p_held_at timestamptz,
    p_expires_at timestamptz
) returns smallint
language plpgsql
security definer
set search_path = public, pg_temp
as $hold$
declare
    known_hash uuid;
    found_count integer;
    is_short boolean;
begin
    perform head.b from head where head.b = p_bucket for update;
    if not found then
        raise exception 'a bucket is unknown' using errcode = 'ZF101';
    end if;
    select hold.payload_hash into known_hash from hold where hold.b = p_bucket and hold.hold_id = p_hold_id;
    if known_hash is not null then
        return case when known_hash = p_hash then 1 else 2 end;
    end if;

    insert into account (
        b, account_id, kind, owner, ledger, floor_minor, debits_posted, credits_posted, debits_pending, credits_pending
    )
    select p_bucket, a.id, a.kind, a.owner, p_ledger, a.floor_minor, 0, 0, 0, 0
    from unnest(p_account_id, p_kind, p_owner, p_floor_minor) as a (id, kind, owner, floor_minor)
    on conflict do nothing;

    select
        count(*),
        bool_or(
            account.account_id = p_account_id[1]
            and account.credits_posted - account.debits_posted - account.debits_pending - p_amount_minor
            < account.floor_minor
        )
    into found_count, is_short
    from account
    where account.b = p_bucket and account.account_id = any(p_account_id) and account.ledger = p_ledger;
    if found_count <> 2 then
        return 9;
    elsif is_short then
        return 3;
    end if;

    update account
    set debits_pending = account.debits_pending + p_amount_minor
    where account.b = p_bucket and account.account_id = p_account_id[1];
    update account
    set credits_pending = account.credits_pending + p_amount_minor
    where account.b = p_bucket and account.account_id = p_account_id[2];
    insert into hold (b, hold_id, payload_hash, debit_id, credit_id, amount_minor, ledger, reference, held_at, expires_at)
    values (
        p_bucket, p_hold_id, p_hash, p_account_id[1], p_account_id[2], p_amount_minor, p_ledger, p_reference, p_held_at,
        p_expires_at
    );
    return 0;
end
$hold$;
select dist.bucket_function('hold_amount'::regproc::oid::regprocedure);

create function release_hold(
    p_bucket smallint,
    p_hold_id uuid,
    p_how text,
    p_ended_at timestamptz
) returns smallint
language plpgsql
security definer
set search_path = public, pg_temp
as $release$
declare
    held record;
    known_how text;
begin
    if p_how not in ('voided', 'expired') then
        raise exception 'a hold is captured by a posting' using errcode = 'ZF102';
    end if;
    perform head.b from head where head.b = p_bucket for update;
    select hold.debit_id, hold.credit_id, hold.amount_minor, hold.expires_at
    into held
    from hold
    where hold.b = p_bucket and hold.hold_id = p_hold_id;
    if not found then
        return 5;
    end if;
    select hold_end.how into known_how from hold_end where hold_end.b = p_bucket and hold_end.hold_id = p_hold_id;
    if known_how is not null then
        return case when known_how = p_how then 1 else 6 end;
    end if;

    update account
    set debits_pending = account.debits_pending - held.amount_minor
    where account.b = p_bucket and account.account_id = held.debit_id;
    update account
    set credits_pending = account.credits_pending - held.amount_minor
    where account.b = p_bucket and account.account_id = held.credit_id;
    insert into hold_end (b, hold_id, how, captured_minor, ended_at) values (p_bucket, p_hold_id, p_how, 0, p_ended_at);
    return 0;
end
$release$;
select dist.bucket_function('release_hold'::regproc::oid::regprocedure);

create function close_period(
    p_bucket smallint,
    p_buckets smallint [],
    p_closed_until date,
    p_closed_at timestamptz
) returns integer
language plpgsql
security definer
set search_path = public, pg_temp
as $close$
declare
    closing smallint[];
begin
    select array_agg(line.b) filter (where line.open_from < p_closed_until)
    into closing
    from (
        select head.b, head.open_from from head where head.b = any(p_buckets) order by head.b for update
    ) as line;
    update head set open_from = p_closed_until where head.b = any(closing);
    insert into closed_period (b, closed_until, closed_at)
    select closed.b, p_closed_until, p_closed_at from unnest(closing) as closed (b);
    return coalesce(cardinality(closing), 0);
end
$close$;
select dist.bucket_function('close_period'::regproc::oid::regprocedure);
