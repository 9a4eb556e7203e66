"""How a journey looks at a page: with axe, at three widths, and keeps the pictures."""

import os
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Page

from fenqi.settings import PROJECT

WIDTHS = {360: 780, 768: 1024, 1440: 900}
AXE = PROJECT / "web" / "node_modules" / "axe-core" / "axe.min.js"
"""There once `./fenqi web check` has installed the packages."""
_RUN_AXE = """async () => {
  const found = await axe.run(document, { iframes: false, resultTypes: ['violations'] })
  return found.violations
    .filter((each) => ['serious', 'critical'].includes(each.impact))
    .map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`)
}"""


def pictures() -> Path | None:
    """Where pictures are kept: the folder that FENQI_PICTURES names, if it names one."""
    named = os.environ.get("FENQI_PICTURES")
    return Path(named) if named else None


def missing(what: str) -> NoReturn:
    """Skip for want of something, or fail where continuous integration has promised that it is there."""
    if os.environ.get("FENQI_REQUIRE_CHROMIUM"):
        pytest.fail(f"a journey must be made here, and needs {what}")
    pytest.skip(f"a journey needs {what}")


def look(page: Page, name: str) -> None:
    """Nothing serious for axe, nothing wider than the screen at any width; a picture of each is kept."""
    if not AXE.exists():
        missing(f"{AXE.name}: ./fenqi web check")
    page.evaluate(AXE.read_text())
    found = page.evaluate(_RUN_AXE)
    assert not found, f"{name}: {found}"
    was = page.viewport_size
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, f"{name} at {width}"
        if folder := pictures():
            page.evaluate("window.scrollTo(0, 0)")
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
    if was:
        page.set_viewport_size(was)
