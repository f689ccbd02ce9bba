"""What is known of a figure: exactly, or between the ends that a published rounding leaves."""

from dataclasses import dataclass
from fractions import Fraction

from ipfinance.domain.money import round_half_up
from ipfinance.domain.reference import ReferenceFigure
from ipfinance.language import facts, tr
from ipfinance.statistics.checking.figures import Measure
from ipfinance.statistics.checking.telling import in_words
from ipfinance.statistics.claims import Number, Value
from ipfinance.statistics.indicators import Form


@dataclass(frozen=True, slots=True)
class Known:
    """A known value; between ``low`` and ``high`` where an outside figure was rounded.

    ``missing`` registrations carry no amount yet, ``words`` tell what is no number. ``doubt``
    says why a figure that is told otherwise may be right all the same.
    """

    value: Number
    low: Fraction
    high: Fraction | None
    is_range: bool = False
    source: str = ""
    missing: int = 0
    words: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why a value is not known."""

    reason: str


def exactly(value: Number, missing: int = 0, words: str = "") -> Known:
    return Known(value, Fraction(value), Fraction(value), missing=missing, words=words)


def divided(now: Known, base: Known, window: str) -> Known:
    """Growth of what is known over what is known, as far as roundings leave it open."""
    value = Fraction(now.value) / Fraction(base.value) - 1
    low = now.low / base.high - 1 if base.high else Fraction(-1)
    high = None if now.high is None or not base.low else now.high / base.low - 1
    is_range = now.is_range or base.is_range
    return Known(value, low, high, is_range, facts(dict.fromkeys((now.source, base.source))))


def shared(part: Known, whole: Known) -> Known:
    """What is known over what is known: a share, or how many times as much."""
    value = Fraction(part.value) / Fraction(whole.value)
    low = part.low / whole.high if whole.high else Fraction(0)
    high = None if part.high is None or not whole.low else part.high / whole.low
    is_range = part.is_range or whole.is_range
    return Known(value, low, high, is_range, facts(dict.fromkeys((part.source, whole.source))))


def annual(value: Value, years: int) -> Known:
    """年均增长 over some years; its first year may have been published rounded."""
    assert value.value is not None
    number = Fraction(value.value)
    if not value.references:
        return Known(value.value, number, number)
    figure = value.references[-1]
    low, high = figure.interval
    # The last year over the ends that the first one may have had.
    ratio = float(1 + number) ** years

    def over(first: Fraction) -> Fraction:
        return Fraction((ratio * float(figure.exact / first)) ** (1 / years) - 1)

    least = over(high) if high else Fraction(-1)
    return Known(value.value, least, over(low) if low else None, True, source(figure))


def printed_percent(figure: ReferenceFigure) -> Known:
    assert figure.growth_percent is not None
    exponent = figure.growth_percent.as_tuple().exponent
    assert isinstance(exponent, int)
    value = Fraction(figure.growth_percent) / 100
    half = Fraction(10) ** min(exponent, 0) / 200
    words = f"{abs(figure.growth_percent)}%"
    words = tr("下降{told}", told=words) if value < 0 else words
    return Known(value, value - half, value + half, True, source(figure), words=words)


def of_value(value: Value) -> Known:
    """A value of the store, widened by the roundings of outside figures that entered."""
    assert value.value is not None
    number = Fraction(value.value)
    named = facts(map(source, value.references))
    if not value.references or not value.base or number == 0:
        return Known(value.value, number, number, source=named)
    # A share's or a growth's base was printed rounded: the ends follow in proportion.
    figure = value.references[-1]
    low, high = figure.interval
    if not figure.exact or value.comparison.value.endswith("rank"):
        return Known(value.value, number, number, source=named)
    least = number * figure.exact / high if high else Fraction(0)
    most = number * figure.exact / low if low else None
    return Known(value.value, least, most, True, named)


def ahead(value: Value) -> Known:
    """Points over a growth that was published with one decimal."""
    assert value.value is not None
    number, half = Fraction(value.value), Fraction(1, 2000)
    named = facts(map(source, value.references))
    return Known(number, number - half, number + half, True, named)


def points(value: Value, digit: Fraction) -> Known:
    """The change of a rate; a report may have taken it between the two rates it prints."""
    assert value.value is not None
    assert value.base is not None
    base, number = Fraction(value.base), Fraction(value.value)
    printed = _to(base + number, digit) - _to(base, digit)
    return Known(value.value, min(number, printed), max(number, printed), True)


def increment(value: Value, digit: Fraction) -> Known:
    """The difference of two levels, as they are or as printed to the same digit."""
    assert value.value is not None
    assert value.base is not None
    number = Fraction(value.value)
    if not value.references:
        base = Fraction(value.base)
        printed = _to(base + number, digit) - _to(base, digit)
        if printed == number:
            return exactly(value.value)
        words = in_words(number, _measure_of(value))
        ends = min(number, printed), max(number, printed)
        return Known(value.value, *ends, is_range=True, words=words)
    figure = value.references[-1]
    low, high = figure.interval
    least = number + figure.exact - high if high is not None else -figure.exact
    return Known(value.value, least, number + figure.exact - low, True, source(figure))


def _to(number: Fraction, digit: Fraction) -> Fraction:
    """Rounded to whole steps of a digit; as it is where that digit is none."""
    return Fraction(round_half_up(number / digit, 0)) * digit if digit > 0 else number


def record(value: Value) -> Known:
    assert value.value is not None
    best = value.base
    told = "" if best is None else in_words(best, _measure_of(value))
    if not value.value:
        words = tr("没有超过以往最高的{best}", best=told)
    elif value.since:
        since = value.since.label
        words = tr("高于以往最高的{best}，可比的数据自{since}起", best=told, since=since)
    else:
        words = tr("高于以往最高的{best}", best=told)
    return Known(value.value, Fraction(value.value), Fraction(value.value), words=words)


def _measure_of(value: Value) -> Measure:
    return Measure.MONEY if value.indicator.form is Form.MONEY else Measure.COUNT


def source(figure: ReferenceFigure) -> str:
    return tr("公布数，{source}", source=figure.source)
