"""The embedded PostgreSQL starts, stops and recovers."""

import psycopg


def test_answers_on_a_private_socket_only(postgres_dsn):
    with psycopg.connect(postgres_dsn) as conn:
        found = conn.execute("select current_database(), current_setting('listen_addresses')").fetchone()

    assert found == ("fenqi", "")
