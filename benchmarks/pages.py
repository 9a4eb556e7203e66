"""How soon a page shows what it is about, on a slow phone with a slow connection.

The service is the one that runs here (`./fenqi up`); the limit stands in the place of a rival.
"""

import json
import os
from functools import partial
from pathlib import Path

from fenqi.cli.benchmark import Benchmark, Case, Measured, rival_python, run_json
from fenqi.cli.running import address_of
from fenqi.core.refusal import Unavailable
from fenqi.settings import load_settings

CONTESTANTS = Path(__file__).parent / "contestant"
LIMIT_SECONDS = 2.0
VISITS = 5
PAGES = {"checkout": "a checkout", "credit": "my credit", "shop": "the shop", "staff": "the console"}


def measure(page):
    settings = load_settings(os.environ)
    logins = settings.home / "demo-logins.json"
    python = rival_python("pages")
    if python is None or not logins.exists():
        raise Unavailable("the pages can only be measured beside a running demo: ./fenqi up", retry=True)
    key = json.loads(logins.read_text())["merchant api key"]
    asked = (address_of(settings.port), key, page, str(VISITS))
    seen = run_json(python, "pages_chromium.py", *asked, folder=CONTESTANTS, timeout_seconds=180)
    return Measured(
        value=seen["seconds"],
        rivals={"limit": LIMIT_SECONDS},
        also={"slowest_s": seen["slowest_seconds"], "received_kb": seen["received_kb"]},
    )


BENCHMARK = Benchmark(
    name="pages",
    summary="largest contentful paint at 1.6 Mbit/s, 150 ms round trip, a CPU four times slower; the median visit",
    cases=tuple(
        Case(
            name=f"{page}_lcp_s",
            summary=f"first visit to the page of {what}",
            unit="s",
            rival="limit",
            aim=1.0,
            measure=partial(measure, page),
        )
        for page, what in {
            "checkout": "a checkout",
            "credit": "my credit",
            "shop": "the shop",
            "staff": "the console",
        }.items()
    ),
)
