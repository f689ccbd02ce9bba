"""The numbers on an axis: a round top and evenly spaced ticks from zero."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

_ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from zero to ``top`` with a tick every ``step``."""

    top: Decimal
    step: Decimal

    @property
    def ticks(self) -> tuple[Decimal, ...]:
        count = int(self.top / self.step)
        return tuple(self.step * index for index in range(count + 1))

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(f"{tick.normalize():,f}" for tick in self.ticks)


def round_scale(largest: Decimal, fewest: int, most: int, whole: bool = False) -> Scale:
    """The lowest scale above ``largest`` with ``fewest`` to ``most`` steps of a round size.

    ``whole`` allows whole steps only, for what is counted.
    """
    if largest <= 0:
        return Scale(Decimal(1), Decimal(1))
    found: list[tuple[Decimal, int, Decimal]] = []
    magnitude = largest.adjusted()
    for exponent in range(magnitude - 2, magnitude + 2):
        for factor in _ROUND:
            step = factor.scaleb(exponent)
            steps = int(_up(largest / step))
            if fewest <= steps <= most and not (whole and step % 1):
                found.append((step * steps, steps, step))
    if not found:  # one or two of something
        return Scale(_up(largest), Decimal(1))
    top, _, step = min(found)
    return Scale(top, step)


def _up(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_CEILING)
