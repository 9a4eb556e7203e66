"""The rules of the layout hold for the whole schema and for every named query."""

import re

import psycopg
import pytest

from fenqi.stores.migration import MIGRATIONS
from fenqi.stores.query import fan_outs, nouns, queries

PARAMETER = re.compile(r"%\((\w+)\)s")
PIN = re.compile(r"\(?\b(?:\w+\.)?b = (?:ANY \()?\(?(?:\$\d+|'[^']*'::|\d+)")
CONDITIONS = ("Index Cond", "Recheck Cond", "Filter")
NAMED = [(noun, name) for noun in nouns() for name in queries(noun)]
BUCKET_TABLE = "create table u (b smallint, k uuid, constraint u_pk primary key (b, k)); select dist.bucket_table('u');"
BREACHES = {
    "declare": "create table u (k integer constraint u_pk primary key)",
    "exists": f"{BUCKET_TABLE} drop table u",
    "bucket column": "create table u (k uuid constraint u_pk primary key); select dist.bucket_table('u')",
    "unique": f"{BUCKET_TABLE} create unique index u_k on u (k)",
    "exclude": f"{BUCKET_TABLE} alter table u add constraint u_ex exclude using btree (k with =)",
    "foreign key": f"""{BUCKET_TABLE} create table v (k integer constraint v_pk primary key, b smallint, u uuid);
        select dist.local_table('v'); alter table v add constraint v_fk foreign key (b, u) references u (b, k)""",
    "foreign key action": f"""{BUCKET_TABLE} alter table u
        add constraint u_fk foreign key (b, k) references u (b, k) on delete set null""",
    "trigger": f"{BUCKET_TABLE} create trigger t before update on u for each row execute function dist.deny()",
    "storage": f"{BUCKET_TABLE} alter table u set unlogged",
    "partition": """create table u (b smallint, k uuid, constraint u_pk primary key (b, k)) partition by list (k);
        select dist.bucket_table('u')""",
    "owner": f"{BUCKET_TABLE} alter table u owner to current_user",
    "function": f"{BUCKET_TABLE} create function f() returns bigint language sql as 'select count(*) from u'",
    "bucket function": """create function f(x integer) returns integer language plpgsql as 'begin return x; end';
        select dist.bucket_function('f(integer)')""",
    "definer": "create function f(x integer) returns integer language sql security definer as 'select x'",
    "setting": "create function f(x integer) returns integer language sql set plan_cache_mode = auto as 'select x'",
    "word": """create function f(x smallint) returns timestamptz language plpgsql as 'begin return now(); end';
        select dist.bucket_function('f(smallint)')""",
}
RULES = re.compile(r"^select '([a-z ]+)'", re.MULTILINE)


@pytest.fixture(scope="module")
def shared(shared_database: str):
    with psycopg.connect(shared_database) as connection:
        yield connection


def prepared_form(query: str) -> str:
    names = list(dict.fromkeys(PARAMETER.findall(query)))
    return PARAMETER.sub(lambda match: f"${names.index(match[1]) + 1}", query).replace("%%", "%")


def scans(node: dict, tables: set[str]):
    if node.get("Relation Name") in tables and node["Node Type"] != "ModifyTable":
        yield (
            node["Relation Name"],
            " ".join(str(node.get(key, "")) for key in ("Index Cond", "Recheck Cond", "Filter")),
        )
    for child in node.get("Plans", []):
        yield from scans(child, tables)


def test_nothing_breaks_a_rule_of_the_layout(shared) -> None:
    assert shared.execute("select rule, object, why from dist.offence").fetchall() == []


def test_every_rule_has_a_breach() -> None:
    up = (MIGRATIONS / "0001-distribution" / "up.sql").read_text(encoding="utf-8")
    assert set(RULES.findall(up[up.index("create view dist.offence") :])) == set(BREACHES)


@pytest.mark.parametrize("rule", sorted(BREACHES))
def test_a_breach_is_found(shared, rule: str) -> None:
    with shared.transaction(force_rollback=True):
        shared.execute("set local search_path = public")
        shared.execute(BREACHES[rule])
        found = {row[0] for row in shared.execute("select rule from dist.offence").fetchall()}
    assert rule in found


@pytest.mark.parametrize(("noun", "name"), NAMED)
def test_every_query_is_understood_by_the_schema(shared, noun: str, name: str) -> None:
    with shared.transaction(force_rollback=True):
        shared.execute(f"prepare named as {prepared_form(queries(noun)[name])}")
        shared.execute("deallocate named")


@pytest.mark.parametrize(("noun", "name"), NAMED)
def test_every_query_names_its_bucket_or_is_a_declared_fan_out(shared, noun: str, name: str) -> None:
    with shared.transaction(force_rollback=True):
        shared.execute("set local enable_seqscan = off")
        buckets = shared.execute("select relname from dist.relation join pg_class using (oid) where kind = 'bucket'")
        tables = {row[0] for row in buckets}
        explained = shared.execute(f"explain (generic_plan, format json, verbose) {prepared_form(queries(noun)[name])}")
        (plan,) = explained.fetchone()
    found = scans(plan[0]["Plan"], tables)
    unpinned = [table for table, condition in found if not PIN.search(condition)]
    assert bool(unpinned) == (name in fan_outs(noun))
