"""The features of one key, by what they are read from; worked out once, for every engine that answers one by one."""

from fenqi.core.velocity.definition import Definition, Feature
from fenqi.core.velocity.event import KEYS, Key


class KeyPlan:
    """What a definition asks of one key: names with the place of their window, with their peer, as they are."""

    __slots__ = ("both", "counts", "distinct", "frauds", "key", "last", "peers", "sums", "travels", "used", "windows")

    def __init__(self, definition: Definition, key: Key) -> None:
        mine = [one for one in definition.gathered if one.by == key]
        self.key: Key = key
        self.used = bool(mine)
        self.windows = tuple(sorted({one.window_us for one in mine if one.kind in ("count", "sum")}))
        self.counts = tuple((one.name, self.windows.index(one.window_us)) for one in mine if one.kind == "count")
        self.sums = tuple((one.name, self.windows.index(one.window_us)) for one in mine if one.kind == "sum")
        self.distinct = tuple((one.name, one.of, one.window_us) for one in mine if one.kind == "distinct")
        self.last: tuple[Feature, ...] = tuple(one for one in mine if one.kind in ("last", "time_since"))
        self.both = tuple((one.name, one.of) for one in mine if one.kind == "since_both" and one.of)
        self.frauds = tuple((one.name, one.window_us) for one in mine if one.kind == "frauds")
        self.travels: tuple[Feature, ...] = tuple(one for one in mine if one.kind in ("distance", "speed"))
        met = {of for _, of, _ in self.distinct} | {of for _, of in self.both}
        self.peers: tuple[Key, ...] = tuple(peer for peer in KEYS if peer in met)
