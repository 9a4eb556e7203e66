"""The yearly rate of every night of a loan: changes and pauses."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from fenqi.core.dates.day_count import Measure

NIGHT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RateLine:
    """Rates by night. The night to day d runs from d − 1 to d and has the rate in force on d.

    Units: rates are whole numbers of 10⁻¹².
    """

    starts: tuple[date, ...]
    """The day after whose night each rate holds; the first one is the beginning of time."""
    rates: tuple[int, ...]
    pauses: tuple[tuple[date, date], ...] = ()

    @classmethod
    def constant(cls, rate: int) -> "RateLine":
        """One rate for ever."""
        return cls((date.min,), (rate,))

    def changed(self, first_night_on: date, rate: int) -> "RateLine":
        """The line with a new rate from the night to a day on."""
        kept = [(on, old) for on, old in zip(self.starts, self.rates, strict=True) if on < first_night_on - NIGHT]
        kept.append((first_night_on - NIGHT, rate))
        return RateLine(tuple(on for on, _ in kept), tuple(old for _, old in kept), self.pauses)

    def paused(self, start_on: date, end_on: date) -> "RateLine":
        """The line without the nights to these days, both included."""
        return RateLine(self.starts, self.rates, (*self.pauses, (start_on - NIGHT, end_on)))

    def without_pauses(self) -> "RateLine":
        """The line as if interest had never paused."""
        return RateLine(self.starts, self.rates) if self.pauses else self

    def at(self, on: date) -> int:
        """The rate of the night that begins on a day."""
        return self.rates[max(bisect_right(self.starts, on) - 1, 0)]

    def weigh(self, weights: Measure, from_on: date, to_on: date) -> int:
        """The sum of rate × weight over the nights of a stretch.

        Units: 10⁻¹² × the weights' own unit.
        """
        if len(self.rates) == 1 and not self.pauses:
            return self.rates[0] * weights.weight(from_on, to_on)
        total, at = 0, from_on
        for until in self._cuts(from_on, to_on):
            if not any(start <= at < end for start, end in self.pauses):
                total += self.at(at) * weights.weight(at, until)
            at = until
        return total

    def _cuts(self, from_on: date, to_on: date) -> list[date]:
        ends = {*self.starts, *(day for pause in self.pauses for day in pause)}
        return [*sorted(day for day in ends if from_on < day < to_on), to_on]
