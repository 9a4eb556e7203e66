-- One statement moves what a set of legs and captures adds to the accounts; it is undone where an account is short.
create function post(
    p_bucket smallint,
    p_buckets smallint [],
    p_posted_at timestamptz,
    t_bucket smallint [],
    t_slot smallint [],
    t_id uuid [],
    t_hash uuid [],
    t_kind smallint [],
    t_effective_on date [],
    t_value_on date [],
    t_leg_from integer [],
    t_leg_count smallint [],
    t_is_forced boolean [],
    t_loan_id uuid [],
    t_reference uuid [],
    t_captures uuid [],
    t_note text [],
    a_bucket smallint [],
    a_id uuid [],
    a_kind smallint [],
    a_owner uuid [],
    a_ledger smallint [],
    a_floor_minor bigint [],
    l_bucket smallint [],
    l_transaction integer [],
    l_debit uuid [],
    l_credit uuid [],
    l_amount_minor bigint [],
    l_ledger smallint [],
    c_bucket smallint [],
    c_transaction integer [],
    c_hold uuid [],
    c_debit uuid [],
    c_credit uuid [],
    c_drawn_minor bigint [],
    c_ledger smallint []
) returns smallint []
language plpgsql
security definer
set search_path = public, pg_temp
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $post$
declare
    last_seqs bigint[];
    open_froms date[];
    seq_froms bigint[];
    outcomes smallint[];
    c_outcomes smallint[];
    c_held_minor bigint[];
    short uuid[];
    is_complete boolean;
    is_moved boolean;
    is_opened boolean := false;
    turn integer;
    leg_from integer;
    leg_to integer;
    capture_from integer;
    capture_to integer;
begin
    select array_agg(line.last_seq order by line.b), array_agg(line.open_from order by line.b)
    into last_seqs, open_froms
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

    select array_agg(
        (case
            when known.transaction_id is null and t.effective_on < open_froms[t.slot] then 4
            when known.transaction_id is null then 0
            when known.payload_hash = t.hash then 1
            else 2
        end)::smallint
        order by t.position
    )
    into outcomes
    from unnest(t_bucket, t_slot, t_id, t_hash, t_effective_on)
        with ordinality as t (b, slot, id, hash, effective_on, position)
    left join transaction as known
        on known.b = any(p_buckets) and known.b = t.b and known.transaction_id = t.id;

    if c_hold is not null then
        select
            array_agg(
                (case
                    when hold.hold_id is null then 5
                    when hold_end.hold_id is not null or hold.expires_at <= p_posted_at then 6
                    when (hold.debit_id, hold.credit_id, hold.ledger) <> (c.debit, c.credit, c.ledger) then 8
                    when hold.amount_minor < c.drawn then 7
                    else 0
                end)::smallint
                order by c.position
            ),
            array_agg(coalesce(hold.amount_minor, 0) order by c.position)
        into c_outcomes, c_held_minor
        from unnest(c_bucket, c_hold, c_debit, c_credit, c_drawn_minor, c_ledger)
            with ordinality as c (b, hold_id, debit, credit, drawn, ledger, position)
        left join hold on hold.b = any(p_buckets) and hold.b = c.b and hold.hold_id = c.hold_id
        left join hold_end on hold_end.b = any(p_buckets) and hold_end.b = c.b and hold_end.hold_id = c.hold_id;
        for capture in 1 .. cardinality(c_hold) loop
            if outcomes[c_transaction[capture]] = 0 then
                outcomes[c_transaction[capture]] := c_outcomes[capture];
            end if;
        end loop;
    end if;

    if 0 <> all(outcomes) then
        return outcomes;
    end if;

    -- First everything at once; what turns out to be short is then decided one transaction at a time.
    leg_from := 1;
    leg_to := cardinality(l_bucket);
    capture_from := 1;
    capture_to := cardinality(c_hold);
    loop
        begin
            with delta as materialized (
                select
                    side.b,
                    side.account_id,
                    side.ledger,
                    sum(side.debit)::bigint as debit,
                    sum(side.credit)::bigint as credit,
                    sum(side.debit_held)::bigint as debit_held,
                    sum(side.credit_held)::bigint as credit_held,
                    sum(side.undrawn)::bigint as undrawn,
                    bool_or(side.is_guarded) as is_guarded
                from (
                    select
                        l.b,
                        l.debit as account_id,
                        l.ledger,
                        l.amount as debit,
                        0::bigint as credit,
                        0::bigint as debit_held,
                        0::bigint as credit_held,
                        0::bigint as undrawn,
                        not t_is_forced[l.transaction] as is_guarded
                    from unnest(
                        l_bucket[leg_from:leg_to], l_transaction[leg_from:leg_to], l_debit[leg_from:leg_to],
                        l_amount_minor[leg_from:leg_to], l_ledger[leg_from:leg_to]
                    ) as l (b, transaction, debit, amount, ledger)
                    where outcomes[l.transaction] = 0
                    union all
                    select l.b, l.credit, l.ledger, 0, l.amount, 0, 0, 0, false
                    from unnest(
                        l_bucket[leg_from:leg_to], l_transaction[leg_from:leg_to], l_credit[leg_from:leg_to],
                        l_amount_minor[leg_from:leg_to], l_ledger[leg_from:leg_to]
                    ) as l (b, transaction, credit, amount, ledger)
                    where outcomes[l.transaction] = 0
                    union all
                    select c.b, c.debit, c.ledger, 0, 0, c.held, 0, c.held - c.drawn, false
                    from unnest(
                        c_bucket[capture_from:capture_to], c_transaction[capture_from:capture_to],
                        c_debit[capture_from:capture_to], c_drawn_minor[capture_from:capture_to],
                        c_held_minor[capture_from:capture_to], c_ledger[capture_from:capture_to]
                    ) as c (b, transaction, debit, drawn, held, ledger)
                    where outcomes[c.transaction] = 0
                    union all
                    select c.b, c.credit, c.ledger, 0, 0, 0, c.held, 0, false
                    from unnest(
                        c_bucket[capture_from:capture_to], c_transaction[capture_from:capture_to],
                        c_credit[capture_from:capture_to], c_held_minor[capture_from:capture_to],
                        c_ledger[capture_from:capture_to]
                    ) as c (b, transaction, credit, held, ledger)
                    where outcomes[c.transaction] = 0
                ) as side
                group by side.b, side.account_id, side.ledger
            ),

            moved as (
                update account
                set
                    debits_posted = account.debits_posted + delta.debit,
                    credits_posted = account.credits_posted + delta.credit,
                    debits_pending = account.debits_pending - delta.debit_held,
                    credits_pending = account.credits_pending - delta.credit_held
                from delta
                where
                    account.b = any(p_buckets)
                    and account.b = delta.b
                    and account.account_id = delta.account_id
                    and account.ledger = delta.ledger
                returning
                    account.account_id,
                    delta.is_guarded and account.floor_minor is not null and case
                        when turn is not null
                            then
                                delta.credit + delta.debit_held < delta.debit
                                and account.credits_posted - account.debits_posted - account.debits_pending < account.floor_minor
                        else
                            account.credits_posted - delta.credit - account.debits_posted - account.debits_pending - delta.undrawn
                            < account.floor_minor
                    end as is_short
            )

            select
                array_agg(moved.account_id) filter (where moved.is_short),
                count(*) = (select count(*) from delta)
            into short, is_complete
            from moved;
            if short is not null or not is_complete then
                raise exception 'undo' using errcode = 'ZF199';
            end if;
            is_moved := true;
        exception
            when sqlstate 'ZF199' then is_moved := false;
        end;

        if turn is not null and not is_moved then
            outcomes[turn] := 3;
        elsif not is_moved and not is_complete and not is_opened then
            insert into account (
                b, account_id, kind, owner, ledger, floor_minor, debits_posted, credits_posted, debits_pending,
                credits_pending
            )
            select a.b, a.id, a.kind, a.owner, a.ledger, a.floor_minor, 0, 0, 0, 0
            from unnest(a_bucket, a_id, a_kind, a_owner, a_ledger, a_floor_minor)
                as a (b, id, kind, owner, ledger, floor_minor)
            on conflict do nothing;
            is_opened := true;
            continue;
        elsif not is_moved then
            for turn in
                select distinct l.transaction
                from unnest(l_bucket, l_transaction, l_debit, l_credit, l_ledger)
                    as l (b, transaction, debit, credit, ledger)
                where
                    not is_complete
                    and outcomes[l.transaction] = 0
                    and 2 <> (
                        select count(*)
                        from account
                        where
                            account.b = any(p_buckets)
                            and account.b = l.b
                            and account.account_id in (l.debit, l.credit)
                            and account.ledger = l.ledger
                    )
            loop
                outcomes[turn] := 9;
            end loop;
            for turn in
                select distinct l.transaction
                from unnest(l_transaction, l_debit, l_credit) as l (transaction, debit, credit)
                where outcomes[l.transaction] = 0 and (l.debit = any(short) or l.credit = any(short))
            loop
                outcomes[turn] := 99;
            end loop;
            turn := null;
            continue;
        end if;

        turn := array_position(outcomes, 99::smallint);
        exit when turn is null;
        outcomes[turn] := 0;
        leg_from := t_leg_from[turn];
        leg_to := leg_from + t_leg_count[turn] - 1;
        capture_from := array_position(c_transaction, turn);
        capture_to := capture_from;
    end loop;

    if 0 <> all(outcomes) then
        return outcomes;
    end if;

    select array_agg(line.seq_from order by line.position)
    into seq_froms
    from (
        select
            t.position,
            last_seqs[t.slot] + 1 + sum(case when outcomes[t.position] = 0 then t.leg_count else 0 end)
                over (partition by t.slot order by t.position)
            - t.leg_count as seq_from
        from unnest(t_slot, t_leg_count) with ordinality as t (slot, leg_count, position)
    ) as line;

    insert into transaction (
        b, transaction_id, payload_hash, seq_from, leg_count, kind, effective_on, value_on, loan_id, reference,
        captures, is_forced, note, posted_at
    )
    select
        t.b, t.id, t.hash, seq_froms[t.position], t.leg_count, t.kind, t.effective_on, t.value_on, t.loan_id,
        t.reference, t.captures, t.is_forced, t.note, p_posted_at
    from unnest(
        t_bucket, t_id, t_hash, t_leg_count, t_kind, t_effective_on, t_value_on, t_loan_id, t_reference, t_captures,
        t_is_forced, t_note
    ) with ordinality as t (
        b, id, hash, leg_count, kind, effective_on, value_on, loan_id, reference, captures, is_forced, note, position
    )
    where outcomes[t.position] = 0;

    insert into leg (b, seq, seq_from, debit_id, credit_id, amount_minor, ledger, effective_on, value_on)
    select
        l.b, seq_froms[l.transaction] + l.position - t_leg_from[l.transaction], seq_froms[l.transaction], l.debit,
        l.credit, l.amount, l.ledger, t_effective_on[l.transaction], t_value_on[l.transaction]
    from unnest(l_bucket, l_transaction, l_debit, l_credit, l_amount_minor, l_ledger)
        with ordinality as l (b, transaction, debit, credit, amount, ledger, position)
    where outcomes[l.transaction] = 0;

    insert into hold_end (b, hold_id, how, transaction_id, captured_minor, ended_at)
    select c.b, c.hold_id, 'captured', t_id[c.transaction], c.drawn, p_posted_at
    from unnest(c_bucket, c_transaction, c_hold, c_drawn_minor) as c (b, transaction, hold_id, drawn)
    where outcomes[c.transaction] = 0;

    update head
    set last_seq = head.last_seq + added.leg_count
    from (
        select t.b, sum(t.leg_count) as leg_count
        from unnest(t_bucket, t_leg_count) with ordinality as t (b, leg_count, position)
        where outcomes[t.position] = 0
        group by t.b
    ) as added
    where head.b = any(p_buckets) and head.b = added.b;

    return outcomes;
end
$post$;
select dist.bucket_function('post'::regproc::oid::regprocedure);
