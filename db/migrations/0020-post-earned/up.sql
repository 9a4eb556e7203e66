-- The earnings of a day in many buckets: every transaction is a fact that no floor stands against, and none is known.
create function post_earned(
    p_bucket smallint,
    p_buckets smallint [],
    p_leg_counts integer [],
    p_posted_at timestamptz,
    p_day date,
    t_bucket smallint [],
    t_slot smallint [],
    t_place integer [],
    t_leg_count smallint [],
    t_id uuid [],
    t_hash uuid [],
    t_loan_id uuid [],
    t_reference uuid [],
    a_bucket smallint [],
    a_id uuid [],
    a_kind smallint [],
    a_owner uuid [],
    a_ledger smallint [],
    a_debit bigint [],
    a_credit bigint [],
    l_bucket smallint [],
    l_slot smallint [],
    l_place integer [],
    l_place_from integer [],
    l_debit uuid [],
    l_credit uuid [],
    l_amount_minor bigint [],
    l_ledger smallint []
) returns bigint
language plpgsql
security definer
set search_path = public, pg_temp
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $post$
declare
    last_seqs bigint[];
    open_from date;
    moved bigint;
begin
    select array_agg(line.last_seq order by line.b), max(line.open_from)
    into last_seqs, open_from
    from (
        select head.b, head.last_seq, head.open_from
        from head
        where head.b = any(p_buckets)
        order by head.b
        for update
    ) as line;
    if cardinality(last_seqs) is distinct from cardinality(p_buckets) then
        raise exception 'a bucket is unknown or named twice' using errcode = 'ZF101';
    end if;
    if p_day < open_from then
        raise exception 'the earnings of % are refused: the period is closed', p_day using errcode = 'ZF204';
    end if;

    insert into account (
        b, account_id, kind, owner, ledger, floor_minor, debits_posted, credits_posted, debits_pending, credits_pending
    )
    select a.b, a.id, a.kind, a.owner, a.ledger, null, a.debit, a.credit, 0, 0
    from unnest(a_bucket, a_id, a_kind, a_owner, a_ledger, a_debit, a_credit)
        as a (b, id, kind, owner, ledger, debit, credit)
    on conflict (b, account_id) do update
    set
        debits_posted = account.debits_posted + excluded.debits_posted,
        credits_posted = account.credits_posted + excluded.credits_posted
    where account.ledger = excluded.ledger;
    get diagnostics moved = row_count;
    if moved <> cardinality(a_id) then
        raise exception 'an account is kept in other books' using errcode = 'ZF209';
    end if;

    insert into transaction (
        b, transaction_id, payload_hash, seq_from, leg_count, kind, effective_on, value_on, loan_id, reference,
        captures, is_forced, note, posted_at
    )
    select
        t.b, t.id, t.hash, last_seqs[t.slot] + t.place, t.leg_count, 3, p_day, p_day, t.loan_id, t.reference, null,
        true, '', p_posted_at
    from unnest(t_bucket, t_slot, t_place, t_leg_count, t_id, t_hash, t_loan_id, t_reference)
        as t (b, slot, place, leg_count, id, hash, loan_id, reference);

    insert into leg (b, seq, seq_from, debit_id, credit_id, amount_minor, ledger, effective_on, value_on)
    select
        l.b, last_seqs[l.slot] + l.place, last_seqs[l.slot] + l.place_from, l.debit, l.credit, l.amount, l.ledger, p_day,
        p_day
    from unnest(l_bucket, l_slot, l_place, l_place_from, l_debit, l_credit, l_amount_minor, l_ledger)
        as l (b, slot, place, place_from, debit, credit, amount, ledger);

    update head
    set last_seq = head.last_seq + added.leg_count
    from unnest(p_buckets, p_leg_counts) as added (b, leg_count)
    where head.b = any(p_buckets) and head.b = added.b;
    return cardinality(t_id);
end
$post$;
select dist.bucket_function('post_earned'::regproc::oid::regprocedure);

-- Nobody runs an installation with loans worth a wait yet: the rewrite and the two locks are over before anybody asks.
alter table loan
-- squawk-ignore adding-field-with-default
add column unpaid_due_on date generated always as (least(next_due_on, oldest_unpaid_due_on)) stored;
-- squawk-ignore require-concurrent-index-deletion
drop index loan_arrears_ix;
-- squawk-ignore require-concurrent-index-deletion
drop index loan_late_ix;
create index loan_unpaid_ix on loan (b, unpaid_due_on) where unpaid_due_on is not null;
