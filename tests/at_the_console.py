"""Logging in to the console in a browser, in either language."""

from typing import Any

from playwright.sync_api import Page, expect

LOG_IN = {"zh-CN": ("账号", "密码"), "en": ("Login", "Password")}


def log_in(journey: Any, role: str, path: str, *, language: str = "zh-CN") -> Page:
    """The page at an address of the console, opened by somebody in a role; whoever was in before is out."""
    login, password = LOG_IN[language]
    page: Page = journey.page
    page.set_viewport_size({"width": 1440, "height": 900})
    journey.go(path, language=language)
    if page.locator(".who").or_(page.get_by_label(login, exact=True)).first.text_content():
        page.evaluate("localStorage.removeItem('fenqi.staff')")
        journey.go(path, language=language)
    page.get_by_label(login, exact=True).fill(role)
    page.get_by_label(password, exact=True).fill(journey.service.world.passwords[role])
    page.locator("form button[type=submit]").click()
    expect(page.locator(".who")).to_contain_text(role)
    return page
