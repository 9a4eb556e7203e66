"""The service is killed under load: everything it had told is still there, and it counts as a replay does."""

import json
import subprocess
import sys

from fenqi.settings import PROJECT


def test_nothing_that_was_told_is_lost_over_three_kills():
    command = [sys.executable, str(PROJECT / "fenqi"), "soak", "decide", "--kills", "3", "--seed", "7", "--json"]

    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=240)

    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert (report["kills"], report["wrong"], report["findings"]) == (3, [], [])
    assert report["acknowledged"] > 0
    assert report["legs"] > 0
    assert report["replays"] == 3
