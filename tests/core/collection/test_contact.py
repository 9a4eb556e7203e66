"""Which contacts the law lets begin."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.collection.contact import (
    CALLS,
    SHANGHAI,
    ContactChannel,
    ContactOutOfHours,
    ContactPurpose,
    ContactStanding,
    ContactStopped,
    ContactTextUnapproved,
    ContactThirdParty,
    ContactTooOften,
    ContactUnwanted,
    PastContact,
    PlannedContact,
    next_allowed_at,
    require_may_contact,
)
from fenqi.core.collection.contact_law import contact_law
from fenqi.core.refusal import Refusal
from fenqi.stores.shipped import load_rulepack

LAW = contact_law(load_rulepack(), on=date(2026, 9, 1), lender_type="microloan")
OWN, OTHER = b"own", b"other"
NOON = datetime(2026, 9, 1, 12, tzinfo=SHANGHAI)
STANDING = ContactStanding(number=OWN)
CALL = PlannedContact(
    purpose=ContactPurpose.COLLECTION,
    channel=ContactChannel.CALL,
    number=OWN,
    text_purpose=ContactPurpose.COLLECTION,
    at=NOON,
)


def past(planned: PlannedContact, **changes) -> PastContact:
    begun = PastContact(purpose=planned.purpose, channel=planned.channel, number=planned.number, at=planned.at)
    return replace(begun, **changes)


def test_lets_a_lawful_call_begin():
    require_may_contact(CALL, STANDING, law=LAW)


@pytest.mark.parametrize(("hour", "minute"), [(22, 0), (22, 1), (23, 59), (0, 0), (7, 59)])
def test_nobody_is_called_between_ten_at_night_and_eight(hour, minute):
    with pytest.raises(ContactOutOfHours) as refused:
        require_may_contact(replace(CALL, at=NOON.replace(hour=hour, minute=minute)), STANDING, law=LAW)

    assert "GB/T 45251-2025" in refused.value.source


@pytest.mark.parametrize(("hour", "minute"), [(8, 0), (21, 59)])
def test_the_day_begins_at_eight_and_ends_before_ten(hour, minute):
    require_may_contact(replace(CALL, at=NOON.replace(hour=hour, minute=minute)), STANDING, law=LAW)


def test_hours_are_those_of_shanghai():
    with pytest.raises(ContactOutOfHours):
        require_may_contact(replace(CALL, at=datetime(2026, 9, 1, 14, 1, tzinfo=UTC)), STANDING, law=LAW)


def test_nobody_but_the_borrower_is_contacted():
    with pytest.raises(ContactThirdParty):
        require_may_contact(replace(CALL, number=OTHER), STANDING, law=LAW)


@pytest.mark.parametrize("approved_for", [None, ContactPurpose.SERVICING])
def test_only_a_text_approved_for_the_purpose_is_said(approved_for):
    with pytest.raises(ContactTextUnapproved):
        require_may_contact(replace(CALL, text_purpose=approved_for), STANDING, law=LAW)


@pytest.mark.parametrize("stop", ["complaint", "dispute", "hardship"])
def test_who_complains_or_is_in_hardship_is_not_collected_from(stop):
    standing = replace(STANDING, stops=frozenset({stop}))
    with pytest.raises(ContactStopped):
        require_may_contact(CALL, standing, law=LAW)

    told = replace(CALL, purpose=ContactPurpose.SERVICING, text_purpose=ContactPurpose.SERVICING)
    require_may_contact(replace(told, channel=ContactChannel.SMS), standing, law=LAW)


def test_the_fourth_connected_call_of_a_day_is_one_too_many():
    standing = replace(STANDING, history=(past(CALL),) * 3)
    with pytest.raises(ContactTooOften):
        require_may_contact(CALL, standing, law=LAW)

    require_may_contact(replace(CALL, at=NOON + timedelta(days=1)), standing, law=LAW)


def test_the_seventh_try_of_a_number_on_a_day_is_one_too_many():
    tried = replace(STANDING, history=(past(CALL, is_unanswered=True),) * 5)
    require_may_contact(CALL, tried, law=LAW)
    with pytest.raises(ContactTooOften):
        require_may_contact(CALL, replace(tried, history=(*tried.history, tried.history[0])), law=LAW)


def test_marketing_needs_a_yes():
    selling = ContactPurpose.MARKETING
    offer = replace(CALL, purpose=selling, text_purpose=selling, channel=ContactChannel.SMS)
    with pytest.raises(ContactUnwanted):
        require_may_contact(offer, STANDING, law=LAW)

    require_may_contact(offer, replace(STANDING, switched=((selling, ContactChannel.SMS, True),)), law=LAW)


def test_what_comes_in_the_night_waits_for_the_morning():
    for at, opens in ((22, 2), (23, 2), (0, 1), (7, 1), (8, None)):
        asked = NOON.replace(hour=at, minute=1)
        found = next_allowed_at(ContactPurpose.COLLECTION, ContactChannel.SMS, at=asked, law=LAW)
        assert found == (asked if opens is None else datetime(2026, 9, opens, 8, tzinfo=SHANGHAI))


PLANNED = st.builds(
    PlannedContact,
    purpose=st.sampled_from(ContactPurpose),
    channel=st.sampled_from(ContactChannel),
    number=st.sampled_from([OWN, OWN, OTHER]),
    text_purpose=st.sampled_from([*ContactPurpose, None]),
    at=st.integers(0, 2 * 24 * 4).map(lambda quarter: NOON + timedelta(minutes=15 * quarter)),
)
LAWFUL = st.sampled_from(ContactPurpose).flatmap(
    lambda purpose: st.builds(
        replace,
        PLANNED.map(lambda planned: replace(planned, number=OWN)),
        purpose=st.just(purpose),
        text_purpose=st.just(purpose),
    )
)


@given(
    requests=st.lists(st.tuples(PLANNED | LAWFUL, st.booleans()), max_size=60),
    stops=st.frozensets(st.sampled_from(["complaint", "dispute", "hardship", "student"]), max_size=1),
    said=st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_no_sequence_of_requests_yields_a_forbidden_contact(requests, stops, said):
    switched = tuple((ContactPurpose.MARKETING, channel, said) for channel in ContactChannel)
    standing = ContactStanding(number=OWN, stops=stops, switched=switched)
    for planned, is_unanswered in sorted(requests, key=lambda request: request[0].at):
        try:
            require_may_contact(planned, standing, law=LAW)
        except Refusal:
            continue
        begun = past(planned, is_unanswered=is_unanswered)
        standing = replace(standing, history=(*standing.history, begun))

    outside = [each for each in standing.history if each.channel is not ContactChannel.INBOX]
    pressing = [each for each in standing.history if each.purpose is ContactPurpose.COLLECTION]
    assert {each.number for each in outside} <= {OWN}
    assert all(8 <= each.at.astimezone(SHANGHAI).hour < 22 for each in [*outside, *pressing])
    assert not (stops & {"complaint", "dispute", "hardship"} and pressing)
    assert said or all(each.purpose is not ContactPurpose.MARKETING for each in standing.history)
    for day in {each.at.astimezone(SHANGHAI).date() for each in outside}:
        held = [each for each in outside if each.at.astimezone(SHANGHAI).date() == day]
        for channel in (ContactChannel.SMS, ContactChannel.CALL, ContactChannel.VOICE_NOTICE):
            counted = [
                each for each in held if each.channel is channel and not (channel in CALLS and each.is_unanswered)
            ]
            assert len(counted) <= 3
        assert sum(each.channel in CALLS for each in held) <= 6
