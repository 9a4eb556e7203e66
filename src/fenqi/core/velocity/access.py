"""What is counted over the steps that are no order: codes asked and answered wrongly, entries, signatures."""

from collections.abc import Iterable, Mapping
from functools import cache

from fenqi.core.velocity.definition import Definition, Feature, defined
from fenqi.core.velocity.entry import EntryKind
from fenqi.core.velocity.shipped import shipped_definition

_ACCESS: Mapping[EntryKind, tuple[dict[str, str], ...]] = {
    EntryKind.OPENED: (
        {"name": "opened_address_1d", "kind": "count", "by": "address", "window": "1d"},
        {"name": "opened_contact_1d", "kind": "count", "by": "contact", "window": "1d"},
    ),
    EntryKind.CODE_ASKED: (
        {"name": "asked_contact_1h", "kind": "count", "by": "contact", "window": "1h"},
        {"name": "asked_device_contacts_1h", "kind": "distinct", "by": "device", "of": "contact", "window": "1h"},
        {"name": "asked_ip_contacts_1h", "kind": "distinct", "by": "ip", "of": "contact", "window": "1h"},
    ),
    EntryKind.CODE_WRONG: (
        {"name": "wrong_contact_1h", "kind": "count", "by": "contact", "window": "1h"},
        {"name": "wrong_contact_1d", "kind": "count", "by": "contact", "window": "1d"},
        {"name": "wrong_device_contacts_1d", "kind": "distinct", "by": "device", "of": "contact", "window": "1d"},
    ),
    EntryKind.ENTERED: (
        {"name": "entered_last_contact", "kind": "last", "by": "customer", "of": "contact"},
        {"name": "entered_device_customers_7d", "kind": "distinct", "by": "device", "of": "customer", "window": "7d"},
        {"name": "entered_seconds_since", "kind": "time_since", "by": "customer"},
    ),
    EntryKind.IDENTITY_REFUSED: (
        {"name": "mismatch_customer_1d", "kind": "count", "by": "customer", "window": "1d"},
        {"name": "mismatch_device_1d", "kind": "count", "by": "device", "window": "1d"},
    ),
    EntryKind.SIGNED: (
        {"name": "signed_last_card", "kind": "last", "by": "customer", "of": "card"},
        {"name": "signed_card_customers_30d", "kind": "distinct", "by": "card", "of": "customer", "window": "30d"},
        {"name": "signed_customer_cards_30d", "kind": "distinct", "by": "customer", "of": "card", "window": "30d"},
    ),
}


_ALWAYS = frozenset({
    "customer_count_90d", "customer_sum_90d", "customer_last_device", "customer_last_address", "merchant_count_1d",
    "merchant_devices_1d", "entered_last_contact", "signed_last_card",
})  # fmt: skip
"""What other signals are worked out from."""


@cache
def stream_definitions() -> Mapping[EntryKind, Definition]:
    """What is counted over each kind of entry; kinds that nothing is counted over are not among them."""
    return {EntryKind.ORDERED: shipped_definition()} | {kind: defined(rows) for kind, rows in _ACCESS.items()}


def narrowed(wanted: Iterable[str]) -> Mapping[EntryKind, Definition]:
    """The streams with the features that somebody asks for, and those that these need."""
    found: dict[EntryKind, Definition] = {}
    for kind, definition in stream_definitions().items():
        ratios = _needed(definition, frozenset(wanted))
        below = {name for one in ratios for name in (one.over, one.under)}
        names = {*wanted, *_ALWAYS, *below}
        gathered = tuple(one for one in definition.gathered if one.name in names)
        if gathered:
            own = tuple(one for one in definition.own if one.name in names)
            found[kind] = Definition(gathered=gathered, own=own, ratios=ratios)
    return found


def _needed(definition: Definition, wanted: frozenset[str]) -> tuple[Feature, ...]:
    names = set(wanted)
    kept: list[Feature] = []
    for ratio in reversed(definition.ratios):
        if ratio.name in names:
            names |= {ratio.over or "", ratio.under or ""}
            kept.append(ratio)
    return tuple(reversed(kept))
