"""Texts of notices: proposed by one, approved by another, in force from a day."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from fenqi.core.collection.contact import ContactPurpose
from fenqi.core.collection.contact_law import contact_law
from fenqi.core.collection.template import NoticeTemplate, require_sound
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.port import Ports
from fenqi.stores import notice as notices
from fenqi.stores.fetch import Connection
from fenqi.stores.notice import StoredTemplate


class TemplateUnknown(Refusal):
    """There is no such version of a text."""

    code: ClassVar[str] = "template_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class TemplateOwnProposal(Refusal):
    """Whoever proposed a text cannot approve it."""

    code: ClassVar[str] = "template_own_proposal"
    kind: ClassVar[Kind] = Kind.FORBIDDEN


class TemplateApproved(Refusal):
    """The version was approved already."""

    code: ClassVar[str] = "template_approved"
    kind: ClassVar[Kind] = Kind.CONFLICT


class TemplateBackdated(Refusal):
    """A text cannot be in force before the day on which it is approved."""

    code: ClassVar[str] = "template_backdated"


async def templates_in_force(connection: Connection, *, on: date) -> dict[str, NoticeTemplate]:
    """The version of each text that may be sent on a day: the newest of those in force."""
    rows = await notices.templates(connection)
    running = [row for row in rows if row.effective_from is not None and row.effective_from <= on]
    ordered = sorted(running, key=lambda row: (row.effective_from or on, row.version))
    return {row.name: _template(row) for row in ordered}


async def propose_template(
    connection: Connection, ports: Ports, *, name: str, purpose: ContactPurpose, zh: str, en: str, by: str
) -> StoredTemplate:
    """Keep a new version of a text, which nobody is sent before somebody else approves it.

    Raises: TemplateMalformed, TemplateFieldUnknown, TemplateWordForbidden.
    """
    versions = [row.version for row in await notices.templates(connection) if row.name == name]
    proposed = StoredTemplate(
        name=name,
        version=max(versions, default=0) + 1,
        purpose=purpose,
        body_zh=zh,
        body_en=en,
        proposed_by=by,
        proposed_at=ports.business.now(),
    )
    _require_sound(ports, proposed)
    if not await notices.add_template(connection, proposed):
        raise TemplateApproved("somebody proposed a version at the same moment", allowed="propose it again")
    return proposed


async def approve_template(
    connection: Connection, ports: Ports, *, name: str, version: int, by: str, effective_from: date
) -> StoredTemplate:
    """Let a version be sent from a day on; it is looked through again under the law of today.

    Raises: TemplateUnknown, TemplateOwnProposal, TemplateApproved, TemplateBackdated, TemplateFieldUnknown,
    TemplateWordForbidden.
    """
    found = [row for row in await notices.templates(connection) if (row.name, row.version) == (name, version)]
    if not found:
        raise TemplateUnknown("there is no such version", allowed="one that was proposed")
    (row,) = found
    if row.proposed_by == by:
        raise TemplateOwnProposal("you proposed this text", allowed="approval by somebody else")
    today, at = ports.business.today(), ports.business.now()
    if effective_from < today:
        raise TemplateBackdated("the day is over", allowed=f"{today.isoformat()} or later")
    _require_sound(ports, row)
    is_new = await notices.approve_template(
        connection, row, approved_by=by, approved_at=at, effective_from=effective_from
    )
    if not is_new:
        raise TemplateApproved("this version was approved already", allowed="a new version")
    return replace(row, approved_by=by, approved_at=at, effective_from=effective_from)


def _require_sound(ports: Ports, row: StoredTemplate) -> None:
    authority = ports.authority
    law = contact_law(authority.pack, on=ports.business.today(), lender_type=authority.house.lender_type)
    require_sound(_template(row), forbidden=law.forbidden_words, source=law.cited["forbidden_words"])


def _template(row: StoredTemplate) -> NoticeTemplate:
    bodies = {"zh-CN": row.body_zh, "en": row.body_en}
    return NoticeTemplate(row.name, row.version, ContactPurpose(row.purpose), bodies)
