"""The checkout in a browser: bought, declined, left and taken up again."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from at_the_checkout import WORDS, AtTheCheckout
from fenqi.core.decision.features import Standing
from fenqi.simulation.person import Person
from world import well_spoken_of


@pytest.mark.parametrize("language", WORDS)
def test_a_shopper_reads_and_signs_a_plan(journey, language):
    shopper = AtTheCheckout(journey, journey.service.world.somebody(), language=language)
    checkout_id = shopper.order()
    shopper.look("1-enter")
    shopper.enter()
    shopper.look("2-identify")
    shopper.identify()
    expect(shopper.page.get_by_role("checkbox").first).to_be_visible()
    shopper.look("3-consent")
    shopper.consent()
    shopper.look("4-apply")
    shopper.apply()
    expect(shopper.page.get_by_role("article")).to_have_count(7)
    shopper.page.get_by_role("article").nth(2).get_by_role("button").first.click()
    expect(shopper.page.get_by_role("table")).to_be_visible()
    shopper.look("5-choose")
    shopper.choose()
    expect(shopper.page.get_by_role("button", name=shopper.words["sign_code"])).to_be_disabled()
    shopper.read()
    expect(shopper.page.frame_locator("iframe").first.get_by_role("table").first).to_be_visible()
    shopper.look("6-read")
    shopper.sign()
    shopper.look("7-done")

    assert (
        journey.service.wait(journey.service.world.shop.get(f"/v1/checkouts/{checkout_id}"))["status"] == "authorised"
    )


@pytest.mark.parametrize("language", WORDS)
def test_a_declined_applicant_hears_why_and_asks_for_a_person(journey, language):
    shopper = AtTheCheckout(journey, late_payer(journey), language=language)
    shopper.order()
    shopper.enter()
    shopper.identify()
    shopper.consent()
    shopper.apply()
    shopper.heading("declined")
    expect(shopper.page.get_by_role("listitem").first).to_be_visible()
    shopper.look("8-declined")
    shopper.page.get_by_label(shopper.words["reason"]).fill("那笔账单我已经还了。")
    shopper.press("person")

    expect(shopper.page.get_by_text(shopper.words["asked"])).to_be_visible()
    shopper.look("9-person-asked")


def test_a_slip_of_the_pen_is_told_at_its_field_and_corrected(journey):
    shopper = AtTheCheckout(journey, journey.service.world.somebody())
    shopper.order()
    shopper.enter()
    right = shopper.person
    last = "0" if right.id_number[-1] != "0" else "1"
    shopper.person = replace(right, id_number=right.id_number[:-1] + last)

    shopper.identify()

    field = shopper.page.get_by_label(shopper.words["id_number"], exact=True)
    expect(field).to_have_accessible_description(re.compile(shopper.words["check_digit"]))
    expect(shopper.page.get_by_label(shopper.words["name"], exact=True)).to_have_value(right.name)
    shopper.look("2-identify-slip")
    shopper.person = right
    shopper.identify()
    expect(shopper.page.get_by_role("checkbox").first).to_be_visible()


def test_a_lost_connection_is_told_calmly_and_the_application_is_made_once(journey):
    shopper = AtTheCheckout(journey, journey.service.world.somebody())
    shopper.order()
    shopper.enter()
    shopper.identify()
    shopper.consent()
    shopper.heading("step_apply")
    page, decision = shopper.page, "**/decision"
    page.route(decision, lambda route: route.abort(), times=1)
    shopper.apply()
    expect(page.get_by_role("alert").filter(has_text=shopper.words["lost"])).to_be_visible()
    shopper.look("4-apply-lost")
    held = []
    page.route(decision, lambda route: held.append(route), times=1)
    shopper.apply()
    expect(page.get_by_role("heading", name=shopper.words["deciding"])).to_be_visible()
    shopper.look("4-apply-waiting")
    held[0].continue_()

    expect(page.get_by_role("article").first).to_be_visible()


def test_a_second_tab_sees_what_was_done_in_the_first_and_does_nothing_twice(journey, context):
    shopper = AtTheCheckout(journey, journey.service.world.somebody())
    checkout_id = shopper.order()
    shopper.enter()
    shopper.identify()
    expect(shopper.page.get_by_role("checkbox").first).to_be_visible()
    second = context.new_page()
    second.goto(f"{journey.service.address}/h5/checkouts/{checkout_id}")
    expect(second.get_by_role("checkbox").first).to_be_visible()

    shopper.page.bring_to_front()
    shopper.consent()
    shopper.heading("step_apply")
    second.bring_to_front()
    second.evaluate("window.dispatchEvent(new Event('visibilitychange'))")

    expect(second.get_by_role("heading", level=1, name=shopper.words["step_apply"])).to_be_visible()
    shopper.page.bring_to_front()
    shopper.apply()
    expect(shopper.page.get_by_role("article").first).to_be_visible()
    second.bring_to_front()
    second.get_by_role("radio", name=shopper.words["not_student"], exact=True).check()
    second.get_by_role("button", name=shopper.words["apply"], exact=True).click()
    expect(second.get_by_role("article").first).to_be_visible()


def test_a_session_that_expires_costs_a_code_and_nothing_else(journey):
    shopper = AtTheCheckout(journey, journey.service.world.somebody())
    shopper.order()
    shopper.enter()
    shopper.identify()
    shopper.consent()
    shopper.heading("step_apply")
    journey.service.world.wall.move(timedelta(hours=13))

    shopper.apply()
    shopper.enter()

    shopper.heading("step_apply")
    shopper.apply()
    expect(shopper.page.get_by_role("article").first).to_be_visible()


def test_a_signature_whose_answer_is_lost_is_found_to_have_been_given(journey):
    shopper = AtTheCheckout(journey, journey.service.world.somebody())
    shopper.order()
    shopper.enter()
    shopper.identify()
    shopper.consent()
    shopper.apply()
    shopper.choose()
    shopper.read()
    shopper.page.route("**/signatures", answer_is_lost)

    shopper.sign()

    shopper.page.go_back()
    shopper.page.go_forward()
    shopper.heading("done")


def answer_is_lost(route: Route) -> None:
    """The request arrives and is dealt with; its answer does not come back."""
    route.fetch()
    route.abort()


def late_payer(journey: Any) -> Person:
    """Somebody of whom the stand-in bureau tells that a bill is overdue."""
    world = journey.service.world
    well = well_spoken_of(world.business.today())
    assert well.record
    *before, last = well.record.months
    late = replace(last, paid_minor=0, standing=Standing.LATE, months_late=1)
    return world.somebody(replace(well, record=replace(well.record, months=(*before, late))))
