"""A PostgreSQL that cannot be used is told from one that can."""

import socket
import struct
import threading

import pytest

from fenqi.core.refusal import Unavailable
from fenqi.gateways.postgres.readiness import require_usable


@pytest.fixture
def old_server():
    """Something that greets like PostgreSQL 16."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        greeting = threading.Thread(target=_greet, args=(listener,), daemon=True)
        greeting.start()
        yield f"postgresql://somebody@127.0.0.1:{listener.getsockname()[1]}/any?sslmode=disable&gssencmode=disable"
        greeting.join(timeout=5)


def _greet(listener):
    connection, _ = listener.accept()
    with connection:
        connection.recv(4096)
        connection.sendall(
            _message(b"R", struct.pack("!i", 0))
            + _message(b"S", b"server_version\x0016.4\x00")
            + _message(b"S", b"client_encoding\x00UTF8\x00")
            + _message(b"Z", b"I")
        )
        while connection.recv(4096):
            pass


def _message(kind, body):
    return kind + struct.pack("!i", len(body) + 4) + body


def test_accepts_the_embedded_server(postgres_dsn):
    require_usable(postgres_dsn)


def test_refuses_a_server_older_than_17(old_server):
    with pytest.raises(Unavailable, match="PostgreSQL 16; Fenqi needs 17"):
        require_usable(old_server)


@pytest.mark.parametrize("dsn", ["postgresql://127.0.0.1:1/any", "not a dsn at all"])
def test_says_that_nothing_answers(dsn):
    with pytest.raises(Unavailable):
        require_usable(dsn)
