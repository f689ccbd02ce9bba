"""Figures published by others: national totals, other provinces, years before the store begins.

They are kept as printed, with unit and qualifier, because a printed figure is an interval, not a
point: 近7.5亿元 lies below what it prints, 超过80亿元 above.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ipfinance.domain.money import Unit
from ipfinance.domain.period import Period
from ipfinance.language import word

MONEY_UNITS = {unit.value: unit.fen for unit in Unit}
COUNT_UNITS = (word("项"), word("件"), word("笔"), word("家"), word("个"))
RATE_UNITS = ("%",)
QUALIFIERS = (
    "",
    *(word("超过"), word("突破"), word("逾"), word("破")),
    *(word("近"), word("约"), word("左右"), word("达到")),
)


@dataclass(frozen=True, slots=True)
class ReferenceFigure:
    """One outside figure.

    ``region`` is a division code (100000 is the nation), ``kind`` patent, trademark or all,
    ``indicator`` a key of the indicator catalogue or a published share. ``value`` is as
    printed, in ``unit``; ``growth_percent`` the growth printed beside it, in per cent.
    """

    region: str
    region_name: str
    start: date
    end: date
    kind: str
    indicator: str
    value: Decimal
    unit: str
    source: str
    qualifier: str = ""
    growth_percent: Decimal | None = None
    page: str = ""
    note: str = ""
    id: int | None = None

    @property
    def period(self) -> Period:
        return Period.of(self.start, self.end)

    @property
    def exact(self) -> Fraction:
        """The printed value in 分 for money, as a fraction for %, else as a count."""
        if self.unit in MONEY_UNITS:
            return Fraction(self.value) * MONEY_UNITS[self.unit]
        return Fraction(self.value) / 100 if self.unit in RATE_UNITS else Fraction(self.value)

    @property
    def interval(self) -> tuple[Fraction, Fraction | None]:
        """Where the true value lies: half a printed digit either side, or beyond as qualified.

        A whole count is meant exactly.

        The upper end is None where the words leave it open (超过). 约 and 左右 widen the
        interval to five per cent, which is what such words cover in practice.
        """
        scale = self.exact / Fraction(self.value) if self.value else Fraction(1)
        exponent = self.value.as_tuple().exponent
        assert isinstance(exponent, int)
        # A count that is printed whole is no rounded one.
        is_whole = self.unit in COUNT_UNITS and exponent >= 0
        half = Fraction(0) if is_whole else Fraction(10) ** min(exponent, 0) / 2 * scale
        if self.qualifier in ("超过", "突破", "逾", "破"):
            return self.exact, None
        if self.qualifier == "近":
            return self.exact * Fraction(9, 10), self.exact
        if self.qualifier in ("约", "左右"):
            return self.exact * Fraction(95, 100), self.exact * Fraction(105, 100)
        return self.exact - half, self.exact + half
