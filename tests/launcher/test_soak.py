"""The service is killed under load: everything it had told is still there, and it counts as a replay does."""

import json
import subprocess
import sys

from fenqi.settings import PROJECT


def test_nothing_that_was_told_is_lost_when_the_service_and_then_its_database_too_are_killed():
    command = [sys.executable, str(PROJECT / "fenqi"), "soak", "decide", "--kills", "3", "--seed", "11"]

    done = subprocess.run(
        [*command, "--restart-within", "120", "--json"], check=False, capture_output=True, text=True, timeout=240
    )

    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["kills"] == 3 > report["with_database"] > 0
    assert (report["wrong"], report["findings"]) == ([], [])
    assert report["acknowledged"] > 0
    assert report["legs"] > 0
    assert report["replays"] == 3
