"""The pictures of the documents, taken anew: run the journeys, cut what they saw to size. See docs/tour.md."""

import base64
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from journeys.conftest import CHROMIUM, FLAGS

PROJECT = Path(__file__).resolve().parents[1]
IMAGES = PROJECT / "docs" / "images"
PHONE, DESKTOP = (360, 760), (1440, 860)
GROUND, GAP = "#e4e8ee", 24


@dataclass(frozen=True)
class Picture:
    """What a document shows: pictures of journeys side by side, each from its top."""

    name: str
    seen: tuple[str, ...]
    size: tuple[int, int] = PHONE
    scale: float = 1.0


PICTURES = tuple(
    picture
    for language in ("zh-CN", "en")
    for picture in (
        Picture(f"shop.{language}", (f"shop-1-catalogue-{language}-1440",), DESKTOP, 0.7),
        Picture(
            f"buy.{language}",
            tuple(f"{step}-{language}-360" for step in ("shop-2-phone", "shop-3-cart", "checkout-5-choose")),
        ),
        Picture(
            f"sign.{language}",
            tuple(f"{step}-{language}-360" for step in ("checkout-6-read", "checkout-7-done", "credit-0-bought")),
        ),
        Picture(
            f"declined.{language}",
            tuple(f"{step}-{language}-360" for step in ("checkout-8-declined", "checkout-9-person-asked")),
        ),
        Picture(f"desk.{language}", (f"desk-3-refunded-{language}-1440",), DESKTOP, 0.7),
        Picture(f"console.{language}", (f"console-loan-{language}-1440",), DESKTOP, 0.7),
        Picture(f"decision.{language}", (f"console-decision-{language}-1440",), DESKTOP, 0.7),
        Picture(f"portfolio.{language}", (f"console-portfolio-{language}-1440",), DESKTOP, 0.7),
    )
)


def main() -> int:
    """Take every picture; the exit code is that of the journeys."""
    with tempfile.TemporaryDirectory() as folder:
        seen = Path(folder)
        journeys = sorted(str(path) for path in (PROJECT / "tests" / "journeys").glob("test_*.py"))
        pages = [path for path in journeys if "demo" not in Path(path).name]
        environment = os.environ | {"FENQI_PICTURES": str(seen)}
        done = subprocess.run((sys.executable, "-m", "pytest", *pages), check=False, cwd=PROJECT, env=environment)
        frame_all(seen)
    return done.returncode


def frame_all(seen: Path) -> None:
    """Cut and join what was seen into the pictures of the documents."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for picture in PICTURES:
            frame(browser, picture, seen)
        browser.close()


def frame(browser: Browser, picture: Picture, seen: Path) -> None:
    """One picture of the documents."""
    width, height = (round(each * picture.scale) for each in picture.size)
    style = f"width:{width}px;height:{height}px;object-fit:cover;object-position:top;border-radius:10px;background:#fff"
    images = "".join(f'<img style="{style}" src="{data_of(seen / f"{name}.png")}">' for name in picture.seen)
    body = f"margin:0;padding:{GAP}px;display:flex;gap:{GAP}px;background:{GROUND};width:max-content"
    page = browser.new_page(
        viewport={"width": len(picture.seen) * (width + GAP) + GAP, "height": height + 2 * GAP}, device_scale_factor=1
    )
    page.set_content(f'<body style="{body}">{images}</body>')
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    page.close()


def data_of(path: Path) -> str:
    """An image inside an address."""
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"


if __name__ == "__main__":
    sys.exit(main())
