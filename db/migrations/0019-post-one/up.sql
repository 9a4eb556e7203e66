-- Writes what is to be written or nothing at all: the accounts are looked at before the first of them is moved.
create function post_one(
    p_bucket smallint,
    p_posted_at timestamptz,
    p_is_demanded boolean,
    t_id uuid,
    t_hash uuid,
    t_kind smallint,
    t_effective_on date,
    t_value_on date,
    t_is_forced boolean,
    t_loan_id uuid,
    t_reference uuid,
    t_note text,
    a_id uuid [],
    a_kind smallint [],
    a_owner uuid [],
    a_ledger smallint [],
    a_floor_minor bigint [],
    a_debit bigint [],
    a_credit bigint [],
    l_debit smallint [],
    l_credit smallint [],
    l_amount_minor bigint []
) returns smallint []
language plpgsql
security definer
set search_path = public, pg_temp
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $post$
declare
    known_hash uuid;
    last_seq bigint;
    open_from date;
    differs boolean;
    is_short boolean;
    outcome smallint := 0;
begin
    select head.last_seq, head.open_from into last_seq, open_from from head where head.b = p_bucket for update;
    if last_seq is null then
        raise exception 'a bucket is unknown' using errcode = 'ZF101';
    end if;
    select transaction.payload_hash into known_hash
    from transaction
    where transaction.b = p_bucket and transaction.transaction_id = t_id;
    if known_hash is not null then
        outcome := case when known_hash = t_hash then 1 else 2 end;
    elsif t_effective_on < open_from then
        outcome := 4;
    end if;

    select
        bool_or(account.ledger <> a.ledger),
        bool_or(
            not t_is_forced
            and a.floor_minor is not null
            and a.credit < a.debit
            and coalesce(account.credits_posted - account.debits_posted - account.debits_pending, 0) + a.credit - a.debit
            < coalesce(account.floor_minor, a.floor_minor)
        )
    into differs, is_short
    from unnest(a_id, a_ledger, a_floor_minor, a_debit, a_credit) as a (id, ledger, floor_minor, debit, credit)
    left join account on account.b = p_bucket and account.account_id = a.id;
    if outcome = 0 and (differs or is_short) then
        outcome := case when differs then 9 else 3 end;
    end if;
    if p_is_demanded and outcome > 1 then
        raise exception 'transaction % is refused: outcome %', t_id, outcome
        using errcode = 'ZF2' || lpad(outcome::text, 2, '0');
    elsif outcome > 0 then
        return array[outcome];
    end if;

    insert into account (
        b, account_id, kind, owner, ledger, floor_minor, debits_posted, credits_posted, debits_pending, credits_pending
    )
    select p_bucket, a.id, a.kind, a.owner, a.ledger, a.floor_minor, a.debit, a.credit, 0, 0
    from unnest(a_id, a_kind, a_owner, a_ledger, a_floor_minor, a_debit, a_credit)
        as a (id, kind, owner, ledger, floor_minor, debit, credit)
    on conflict (b, account_id) do update
    set
        debits_posted = account.debits_posted + excluded.debits_posted,
        credits_posted = account.credits_posted + excluded.credits_posted;

    insert into transaction (
        b, transaction_id, payload_hash, seq_from, leg_count, kind, effective_on, value_on, loan_id, reference,
        captures, is_forced, note, posted_at
    )
    values (
        p_bucket, t_id, t_hash, last_seq + 1, cardinality(l_amount_minor), t_kind, t_effective_on, t_value_on, t_loan_id,
        t_reference, null, t_is_forced, t_note, p_posted_at
    );

    insert into leg (b, seq, seq_from, debit_id, credit_id, amount_minor, ledger, effective_on, value_on)
    select
        p_bucket, last_seq + l.position, last_seq + 1, a_id[l.debit], a_id[l.credit], l.amount, a_ledger[l.debit],
        t_effective_on, t_value_on
    from unnest(l_debit, l_credit, l_amount_minor) with ordinality as l (debit, credit, amount, position);

    update head set last_seq = head.last_seq + cardinality(l_amount_minor) where head.b = p_bucket;
    return array[outcome];
end
$post$;
select dist.bucket_function('post_one'::regproc::oid::regprocedure);
