"""Visit a page again and again with an empty cache on a throttled profile; print when its largest part was painted."""

import json
import shutil
import statistics
import sys
import urllib.request
from uuid import uuid4

from playwright.sync_api import sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BYTES_PER_SECOND = 1_600_000 // 8
ROUND_TRIP_MS = 150
CPU_SLOWER = 4
PHONE = {"width": 360, "height": 780}
QUIET_MS = 1_500
WATCH = """
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.painted = entry.startTime })
  .observe({ type: 'largest-contentful-paint', buffered: true })
"""


def path_of(page, address, key):
    paths = {"credit": "/h5/", "shop": "/shop", "staff": "/staff"}
    return paths.get(page) or f"/h5/checkouts/{checkout_id(address, key)}"


def checkout_id(address, key):
    order = uuid4().hex
    body = {
        "order_number": order,
        "amount_minor": 599_900,
        "currency": "CNY",
        "goods": [{"sku": "AP-IP17-256", "name": "iPhone 17", "price_minor": 599_900, "quantity": 1}],
        "return_url": "https://shop.example/orders",
    }
    headers = {"authorization": f"Bearer {key}", "idempotency-key": order, "content-type": "application/json"}
    request = urllib.request.Request(f"{address}/v1/checkouts", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["checkout_id"]


def visit(browser, url):
    """Seconds until the largest part was painted, and the bytes that came over the wire."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    received = []
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    devtools.send("Network.enable")
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": BYTES_PER_SECOND,
            "uploadThroughput": BYTES_PER_SECOND,
        },
    )
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})
    page.add_init_script(WATCH)
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(QUIET_MS)
    painted_ms = page.evaluate("window.painted")
    if painted_ms is None:
        sys.exit(f"{url} paints nothing")
    context.close()
    return painted_ms / 1000, sum(received)


def main(address, key, page, visits):
    url = address + path_of(page, address, key)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        visit(browser, url)
        seen = [visit(browser, url) for _ in range(int(visits))]
        browser.close()
    seconds = [each for each, _ in seen]
    told = {
        "seconds": statistics.median(seconds),
        "slowest_seconds": max(seconds),
        "received_kb": max(size for _, size in seen) / 1000,
    }
    sys.stdout.write(json.dumps(told))


main(*sys.argv[1:])
