-- squawk-ignore ban-drop-function
drop function post_earned;
delete from dist.function where signature like '%post_earned(%';

-- p: the lane; f: what is foretold; s: loans that are written, as read and as they become; g: their instalments that grow;
-- e: buckets with legs; t, a, l: transactions, accounts, legs.
create function close_lane(
    p_bucket smallint,
    p_buckets smallint [],
    p_loan_counts integer [],
    p_day date,
    p_closed_at timestamptz,
    p_is_whole boolean,
    f_buckets smallint [],
    f_loan_id uuid [],
    f_interest_minor bigint [],
    f_fee_minor bigint [],
    s_bucket smallint [],
    s_loan_id uuid [],
    s_seq integer [],
    s_booked_on date [],
    s_interest_minor bigint [],
    s_fee_minor bigint [],
    s_penalty_minor bigint [],
    s_late_minor bigint [],
    s_subsidy_minor bigint [],
    s_next_due_on date [],
    s_oldest_unpaid_due_on date [],
    g_bucket smallint [],
    g_loan_id uuid [],
    g_instalment smallint [],
    g_late_minor bigint [],
    g_late_weight bigint [],
    e_buckets smallint [],
    e_leg_counts integer [],
    t_bucket smallint [],
    t_slot smallint [],
    t_place integer [],
    t_leg_count smallint [],
    t_kind smallint [],
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
) returns integer
language plpgsql
security definer
set search_path = public, pg_temp
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $close$
declare
    unearned smallint[];
    loan_ids uuid[];
    interests bigint[];
    fees bigint[];
    last_seqs bigint[];
    known uuid[];
    open_from date;
    moved bigint;
    opened bigint;
    closed integer := 0;
begin
    select array_agg(line.b) filter (where line.earned_on is null or line.earned_on = p_day - 1)
    into unearned
    from (
        select day_head.b, day_head.earned_on
        from day_head
        where day_head.b = any(p_buckets)
        order by day_head.b
        for update
    ) as line;
    select
        coalesce(array_agg(line.loan_id order by line.b, line.loan_id), '{}'),
        coalesce(array_agg(line.interest_minor order by line.b, line.loan_id), '{}'),
        coalesce(array_agg(line.fee_minor order by line.b, line.loan_id), '{}')
    into loan_ids, interests, fees
    from (
        select
            i.b,
            i.loan_id,
            sum(i.falls_interest_minor)::bigint as interest_minor,
            sum(i.falls_fee_minor)::bigint as fee_minor
        from instalment as i
        where i.b = any(f_buckets) and i.due_on = p_day and i.is_foretold
        group by i.b, i.loan_id
    ) as line;
    if
        not f_buckets <@ coalesce(unearned, '{}') or loan_ids <> f_loan_id or interests <> f_interest_minor
        or fees <> f_fee_minor
    then
        raise exception 'what falls due on % is not what it was', p_day using errcode = 'ZF301';
    end if;

    update loan
    set
        outstanding_minor = loan.outstanding_minor + s.late_minor,
        next_due_on = s.next_due_on,
        oldest_unpaid_due_on = s.oldest_unpaid_due_on,
        booked_on = p_day,
        booked = loan.booked
        || jsonb_build_object(
            'flows',
            (loan.booked -> 'flows')
            || jsonb_strip_nulls(
                jsonb_build_object(
                    'earned.interest',
                    coalesce((loan.booked #>> '{flows,earned.interest}')::bigint, 0) + nullif(s.interest_minor, 0),
                    'earned.fee',
                    coalesce((loan.booked #>> '{flows,earned.fee}')::bigint, 0) + nullif(s.fee_minor, 0),
                    'earned.penalty',
                    coalesce((loan.booked #>> '{flows,earned.penalty}')::bigint, 0) + nullif(s.penalty_minor, 0)
                )
            ),
            'subsidy_earned_minor',
            s.subsidy_minor
        )
    from unnest(
        s_bucket, s_loan_id, s_seq, s_booked_on, s_interest_minor, s_fee_minor, s_penalty_minor, s_late_minor,
        s_subsidy_minor, s_next_due_on, s_oldest_unpaid_due_on
    ) as s (
        b, loan_id, seq, booked_on, interest_minor, fee_minor, penalty_minor, late_minor, subsidy_minor, next_due_on,
        oldest_unpaid_due_on
    )
    where
        loan.b = any(p_buckets)
        and loan.b = s.b
        and loan.loan_id = s.loan_id
        and loan.last_seq = s.seq
        and loan.booked_on = s.booked_on
        and loan.is_steady;
    get diagnostics moved = row_count;
    if moved <> cardinality(s_loan_id) then
        raise exception 'a loan is not as it was' using errcode = 'ZF301';
    end if;
    update instalment
    set
        penalty_minor = instalment.penalty_minor + g.late_minor,
        late_weight = g.late_weight,
        late_from_on = p_day
    from unnest(g_bucket, g_loan_id, g_instalment, g_late_minor, g_late_weight)
        as g (b, loan_id, instalment, late_minor, late_weight)
    where
        instalment.b = any(p_buckets)
        and instalment.b = g.b
        and instalment.loan_id = g.loan_id
        and instalment.instalment = g.instalment;

    if cardinality(e_buckets) > 0 then
        select array_agg(line.last_seq order by line.b), max(line.open_from)
        into last_seqs, open_from
        from (
            select head.b, head.last_seq, head.open_from
            from head
            where head.b = any(e_buckets)
            order by head.b
            for update
        ) as line;
        if cardinality(last_seqs) is distinct from cardinality(e_buckets) then
            raise exception 'a bucket is unknown or named twice' using errcode = 'ZF101';
        end if;
        if p_day < open_from then
            raise exception 'the earnings of % are refused: the period is closed', p_day using errcode = 'ZF204';
        end if;

        with moved as (
            update account
            set debits_posted = account.debits_posted + a.debit, credits_posted = account.credits_posted + a.credit
            from unnest(a_bucket, a_id, a_ledger, a_debit, a_credit) as a (b, id, ledger, debit, credit)
            where
                account.b = any(e_buckets)
                and account.b = a.b
                and account.account_id = a.id
                and account.ledger = a.ledger
            returning account.account_id
        )

        select coalesce(array_agg(moved.account_id), '{}') into known from moved;
        if cardinality(known) < cardinality(a_id) then
            insert into account (
                b, account_id, kind, owner, ledger, floor_minor, debits_posted, credits_posted, debits_pending,
                credits_pending
            )
            select a.b, a.id, a.kind, a.owner, a.ledger, null, a.debit, a.credit, 0, 0
            from unnest(a_bucket, a_id, a_kind, a_owner, a_ledger, a_debit, a_credit)
                as a (b, id, kind, owner, ledger, debit, credit)
            where a.id <> all(known)
            on conflict (b, account_id) do nothing;
            get diagnostics opened = row_count;
            if cardinality(known) + opened <> cardinality(a_id) then
                raise exception 'an account is kept in other books' using errcode = 'ZF209';
            end if;
        end if;

        insert into transaction (
            b, transaction_id, payload_hash, seq_from, leg_count, kind, effective_on, value_on, loan_id, reference,
            captures, is_forced, note, posted_at
        )
        select
            t.b, t.id, t.hash, last_seqs[t.slot] + t.place, t.leg_count, t.kind, p_day, p_day, t.loan_id, t.reference,
            null, true, '', p_closed_at
        from unnest(t_bucket, t_slot, t_place, t_leg_count, t_kind, t_id, t_hash, t_loan_id, t_reference)
            as t (b, slot, place, leg_count, kind, id, hash, loan_id, reference);

        insert into leg (b, seq, seq_from, debit_id, credit_id, amount_minor, ledger, effective_on, value_on)
        select
            l.b, last_seqs[l.slot] + l.place, last_seqs[l.slot] + l.place_from, l.debit, l.credit, l.amount, l.ledger,
            p_day, p_day
        from unnest(l_bucket, l_slot, l_place, l_place_from, l_debit, l_credit, l_amount_minor, l_ledger)
            as l (b, slot, place, place_from, debit, credit, amount, ledger);

        update head
        set last_seq = head.last_seq + added.leg_count
        from unnest(e_buckets, e_leg_counts) as added (b, leg_count)
        where head.b = any(e_buckets) and head.b = added.b;
    end if;

    update day_head
    set earned_on = p_day
    where day_head.b = any(f_buckets);
    if p_is_whole then
        insert into day_close (b, closed_on, loan_count, closed_at)
        select line.b, p_day, line.loan_count, p_closed_at
        from unnest(p_buckets, p_loan_counts) as line (b, loan_count)
        on conflict (b, closed_on) do nothing;
        get diagnostics closed = row_count;
    end if;
    return closed;
end
$close$;
select dist.bucket_function('close_lane'::regproc::oid::regprocedure);
