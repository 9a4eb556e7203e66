-- name: begun_below
select pg_current_xact_id()::text::bigint as number

-- name: ended_below
select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as number
