"""What a printed number rests on, in words: exact value, base, outside figures, registrations."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.ledger import Filter, count
from ipfinance.domain.money import Unit, round_half_up, yuan_text
from ipfinance.domain.reference import QUALIFIERS, ReferenceFigure
from ipfinance.language import Words, either, tr, word
from ipfinance.reports.sentences import Figure
from ipfinance.reports.wording import years_in_words
from ipfinance.statistics.claims import RULES, Comparison, Number, Value
from ipfinance.statistics.indicators import Form, Indicator
from ipfinance.statistics.outside_figures import NATION
from ipfinance.statistics.tables import KindChoice
from ipfinance.statistics.traces import behind

COMPARISONS = Words(
    {
        Comparison.LEVEL: "",
        Comparison.YEAR_ON_YEAR: word("同比"),
        Comparison.CHAIN: word("环比"),
        Comparison.INCREMENT: word("增减量"),
        Comparison.POINTS: word("变化（百分点）"),
        Comparison.CHAIN_POINTS: word("环比变化（百分点）"),
        Comparison.SHARE_OF_PROVINCE: word("占全省"),
        Comparison.SHARE_OF_NATION: word("占全国"),
        Comparison.RANK: word("在全省同级地区中的位次"),
        Comparison.NATIONAL_RANK: word("全国位次"),
        Comparison.YEARS_FIRST: word("连续居首"),
        Comparison.YEARS_GROWING: word("连续增长"),
        Comparison.RECORD: word("历史新高"),
        Comparison.FIRST_ABOVE: word("首次突破"),
        Comparison.ANNUAL_GROWTH: word("年均增长"),
        Comparison.AHEAD_OF_NATION: word("高于全国"),
        Comparison.COMPLETION: word("完成率"),
    }
)
_BASES = Words(
    {
        Comparison.YEAR_ON_YEAR: word("上年同期"),
        Comparison.CHAIN: word("上一期"),
        Comparison.INCREMENT: word("上年同期"),
        Comparison.POINTS: word("上年同期"),
        Comparison.CHAIN_POINTS: word("上一期"),
        Comparison.SHARE_OF_PROVINCE: word("全省"),
        Comparison.SHARE_OF_NATION: word("全国"),
        Comparison.RANK: word("与前一位相差"),
        Comparison.YEARS_GROWING: word("增速高于"),
        Comparison.RECORD: word("以前最高"),
        Comparison.FIRST_ABOVE: word("整数"),
        Comparison.ANNUAL_GROWTH: word("首年"),
        Comparison.AHEAD_OF_NATION: word("全国"),
        Comparison.COMPLETION: word("目标"),
    }
)
# As it was published: a qualifier before the number, the unit of money behind it.
_HEDGES_EN = dict.fromkeys(QUALIFIERS, "") | {
    **dict.fromkeys(("超过", "突破", "逾", "破"), "over"),
    "近": "nearly",
    "约": "about",
    "左右": "about",
}
_UNITS_EN = {
    "%": "%",
    Unit.YUAN.value: " (CNY)",
    Unit.QIAN.value: " (CNY 1,000)",
    Unit.WAN.value: " (CNY 10,000)",
    Unit.YI.value: " (CNY 100m)",
}
_KINDS = Words(
    {
        KindChoice.PATENT: word("专利权质押"),
        KindChoice.TRADEMARK: word("商标专用权质押"),
        KindChoice.ALL: word("专利权和商标专用权合计"),
    }
)
_YEARS = (Comparison.YEARS_FIRST, Comparison.YEARS_GROWING)
_PLACES = (Comparison.RANK, Comparison.NATIONAL_RANK)
POINTS = (Comparison.POINTS, Comparison.CHAIN_POINTS, Comparison.AHEAD_OF_NATION)
_RATE_BASES = (Comparison.YEARS_GROWING, Comparison.AHEAD_OF_NATION)
# The registrations are not what these rest on: only what others have published.
_PUBLISHED = (Comparison.NATIONAL_RANK, Comparison.YEARS_FIRST)


@dataclass(frozen=True, slots=True)
class Ground:
    """All that is told of one number; ``wanted`` selects its registrations, None for none."""

    figure: Figure
    name: str
    subject: str  # register, period and area
    exact: str
    rule: str
    base_name: str
    base: str
    references: tuple[ReferenceFigure, ...]
    wanted: Filter | None
    registrations: int

    @property
    def printed(self) -> str:
        return self.figure.text


class Grounds:
    """Finds what numbers rest on in one store; equal questions are counted once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._divisions = all_divisions(store)
        self._counted: dict[Filter, int] = {}

    def of(self, figure: Figure) -> Ground:
        value = figure.value
        wanted = registrations_behind(self._store, value)
        base_name, base = base_of(value)
        area = self._divisions.name_of(value.area)
        return Ground(
            figure=figure,
            name=name_of(value),
            subject=f"{_KINDS[value.kind]} · {value.period.label} · {area}",
            exact=exact(value),
            rule=rule_of(value),
            base_name=base_name,
            base=base,
            references=tuple(dict.fromkeys(value.references)),
            wanted=wanted,
            registrations=0 if wanted is None else self._count(wanted, value),
        )

    def _count(self, wanted: Filter, value: Value) -> int:
        if wanted not in self._counted:
            self._counted[wanted] = count(self._store, wanted, value.period.end)
        return self._counted[wanted]


def registrations_behind(store: Store, value: Value) -> Filter | None:
    """The registrations that a number was counted from; None when it has none in the store."""
    if is_published(value):
        return None
    return behind(store, value.period, value.kind, value.indicator.key, value.area)


def is_published(value: Value) -> bool:
    """Whether a number rests on what others have published alone, and on no registrations."""
    return value.comparison in _PUBLISHED and bool(value.references)


def name_of(value: Value) -> str:
    """The indicator's name and what is said of it: 担保债权额 同比."""
    name, said = value.indicator.name, COMPARISONS[value.comparison]
    return tr("{indicator} {comparison}", indicator=name, comparison=said) if said else name


def rule_of(value: Value) -> str:
    """The rule in words; since when, where the value depends on it."""
    if value.comparison is Comparison.LEVEL or value.comparison not in RULES:
        return value.indicator.rule
    return value.rule


def exact(value: Value) -> str:
    """The value before it was rounded for print, with its unit."""
    number = value.value
    if number is None:
        return tr("—（{reason}）", reason=value.reason) if value.reason else "—"
    if value.comparison in _YEARS:
        return either(years_in_words(int(number)), f"{int(number)} yr")
    if value.comparison in _PLACES:
        return tr("第 {number} 位", number=int(number))
    if value.comparison in (Comparison.RECORD, Comparison.FIRST_ABOVE):
        return tr("是") if number else tr("否")
    if value.comparison in POINTS:
        return tr("{number} 个百分点", number=_decimal(Fraction(number) * 100, 4))
    if value.comparison in (Comparison.LEVEL, Comparison.INCREMENT):
        return level_text(value.indicator, number)
    return _percent(number)


def base_of(value: Value) -> tuple[str, str]:
    """What the value was compared with: its name and its size; blank for none."""
    if value.base is None or value.comparison not in _BASES:
        return "", ""
    if value.comparison in _RATE_BASES:
        return _BASES[value.comparison], _percent(value.base)
    return _BASES[value.comparison], level_text(value.indicator, value.base)


def level_text(indicator: Indicator, number: Number) -> str:
    """A level as exact as it is known: 元 and 分, a count, a rate with four decimals."""
    if indicator.form is Form.MONEY:
        fen = int(round_half_up(Fraction(number), 0))
        return tr("{fen:,} 元", fen=Decimal(yuan_text(fen)))
    if indicator.form is Form.RATE:
        return _percent(number)
    return f"{_decimal(Fraction(number), 2)} {indicator.unit}".strip()


def reference_text(figure: ReferenceFigure) -> str:
    """An outside figure as it was printed: 全国 2019年 7,060项，同比 30.5%."""
    told = f"{region_text(figure)} {figure.period.label} {printed_value(figure)}"
    if figure.growth_percent is None:
        return told
    return tr("{told}，同比 {growth}%", told=told, growth=figure.growth_percent)


def cited(figures: Iterable[ReferenceFigure]) -> str:
    """Outside figures with their sources, each once, in one text; blank for none."""
    told = (f"{reference_text(one)}（{source_text(one)}）" for one in figures)
    return "；".join(dict.fromkeys(told))


def printed_value(figure: ReferenceFigure) -> str:
    """As it was published, with its qualifier: 超过80亿元, 17,000项左右."""
    number = f"{figure.value:,}{figure.unit}"
    after = figure.qualifier == "左右"
    chinese = f"{number}左右" if after else f"{figure.qualifier}{number}"
    hedge, unit = _HEDGES_EN[figure.qualifier], _UNITS_EN.get(figure.unit, "")
    return either(chinese, f"{hedge} {figure.value:,}{unit}".strip())


def region_text(figure: ReferenceFigure) -> str:
    """The name of its region; the nation is named, a province has its own name."""
    return tr("全国") if figure.region == NATION else figure.region_name


def source_text(figure: ReferenceFigure) -> str:
    """Where an outside figure was read, with the page."""
    page = figure.page
    if not page:
        return figure.source
    told = tr("第 {page} 页", page=page) if page.isdigit() else page
    return tr("{source}，{place}", source=figure.source, place=told)


def _percent(number: Number) -> str:
    return f"{_decimal(Fraction(number) * 100, 4)}%"


def _decimal(number: Fraction, places: int) -> str:
    """With separated thousands and no trailing zeros."""
    text = f"{round_half_up(number, places):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
