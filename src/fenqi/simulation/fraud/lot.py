"""Lots that fall the same on every version of everything: only uniform draws of the Mersenne Twister are used."""

import math
import random
from collections.abc import Sequence
from typing import TypeVar

One = TypeVar("One")


class Lots:
    """A stream of chance of its own for each purpose, so that one scheme more does not change anybody else's day."""

    def __init__(self, *purpose: object) -> None:
        self._uniform = random.Random(":".join(map(str, purpose))).random  # noqa: S311

    def share(self) -> float:
        """Uniform in [0, 1)."""
        return self._uniform()

    def hit(self, chance: float) -> bool:
        """Whether something of this chance happens."""
        return self._uniform() < chance

    def whole(self, low: int, high: int) -> int:
        """Uniform among low to high, both included."""
        return low + int(self._uniform() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        """Uniform between two."""
        return low + self._uniform() * (high - low)

    def pick(self, ones: Sequence[One]) -> One:
        """One of several, each as likely."""
        return ones[int(self._uniform() * len(ones))]

    def some(self, ones: Sequence[One], count: int) -> list[One]:
        """Several different ones, in any order."""
        left = list(ones)
        return [left.pop(int(self._uniform() * len(left))) for _ in range(min(count, len(left)))]

    def weighed(self, weights: Sequence[float]) -> int:
        """A place, as likely as its weight."""
        left = self._uniform() * sum(weights)
        for place, weight in enumerate(weights):
            left -= weight
            if left < 0:
                return place
        return len(weights) - 1

    def wait(self, mean: float) -> float:
        """How long until something that happens once in `mean` on average."""
        return -mean * math.log(1.0 - self._uniform())

    def times(self, mean: float) -> int:
        """How often something happens that happens `mean` times on average."""
        count, left = 0, self.wait(1.0)
        while left < mean:
            count, left = count + 1, left + self.wait(1.0)
        return count

    def bell(self) -> float:
        """Standard normal, nearly: the sum of twelve uniform draws."""
        return sum(self._uniform() for _ in range(12)) - 6.0

    def lognormal(self, median: float, spread: float) -> float:
        """Positive, with a long tail: the logarithm is normal with this spread."""
        return median * math.exp(spread * self.bell())
