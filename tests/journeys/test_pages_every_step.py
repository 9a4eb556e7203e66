"""The checkout in a browser, disturbed at every step: nothing is lost, and nothing is done twice."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, Route, expect

from at_the_checkout import AtTheCheckout

SESSION = timedelta(hours=13)
COMMANDS = {"POST", "PUT"}


class Disturbed:
    """A shopper to whom everything happens at every step."""

    def __init__(self, shopper: AtTheCheckout, checkout_id: str) -> None:
        self.shopper, self.page = shopper, shopper.page
        self.address = f"{shopper.journey.service.address}/h5/checkouts/{checkout_id}"
        self.steps: list[str] = []

    def disturb(self) -> None:
        """Reload, leave and come back, look from a second tab, come back after the session has ended."""
        heading = self.page.locator("h1")
        expect(heading).to_be_visible()
        expect(self.page.locator("main [aria-busy=true]")).to_have_count(0)
        step = heading.inner_text()
        assert step not in self.steps, "a step was done without being asked for"
        self.page.reload()
        expect(heading).to_have_text(step)
        self.page.goto(f"{self.shopper.journey.service.address}/shop")
        self.page.go_back()
        expect(heading).to_have_text(step)
        self._look_from_a_second_tab(step)
        self.shopper.journey.service.world.wall.move(SESSION)
        self.page.reload()
        self.shopper.enter()
        expect(heading).to_have_text(step)
        self.steps.append(step)

    def lose_the_answer_of(self, act: Callable[[], None]) -> None:
        """A command arrives, its answer does not; the page is loaded anew and says where things stand."""
        lost: list[str] = []
        self.page.route("**/h5/checkouts/**", lambda route: self._lose(route, lost))
        act()
        while not lost:
            self.page.wait_for_timeout(50)
        self.page.unroute_all(behavior="ignoreErrors")
        self.page.reload()

    def _lose(self, route: Route, lost: list[str]) -> None:
        if route.request.method not in COMMANDS or lost:
            route.fallback()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    def _look_from_a_second_tab(self, step: str) -> None:
        second: Page = self.page.context.new_page()
        second.goto(self.address)
        expect(second.locator("h1")).to_have_text(step)
        second.close()
        self.page.bring_to_front()


def test_whatever_happens_at_a_step_the_shopper_goes_on_from_there(journey):
    world = journey.service.world
    shopper = AtTheCheckout(journey, world.somebody())
    checkout_id = shopper.order()
    shopper.enter()
    expect(shopper.page.get_by_label(shopper.words["id_number"], exact=True)).to_be_visible()
    disturbed = Disturbed(shopper, checkout_id)
    for act in (shopper.identify, shopper.consent, shopper.apply, lambda: shopper.press("choose")):
        disturbed.disturb()
        disturbed.lose_the_answer_of(act)
    disturbed.disturb()
    shopper.read()
    shopper.sign()
    disturbed.disturb()

    assert len(disturbed.steps) == 6
    assert journey.service.wait(world.shop.get(f"/v1/checkouts/{checkout_id}"))["status"] == "authorised"
    compliance = journey.service.wait(world.colleague("compliance"))
    decisions = journey.service.wait(compliance.get("/staff/decisions"))["decisions"]
    assert [each["checkout_id"] for each in decisions].count(checkout_id) == 1
