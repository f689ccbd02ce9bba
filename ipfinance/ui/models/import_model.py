"""What an import would do, as tables: its registrations, and the sums per city."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ipfinance.domain.cells import text_of
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.money import wan
from ipfinance.intake.comparing import Entry, Status
from ipfinance.intake.doubles import POSSIBLE_DUPLICATE, is_doubtful
from ipfinance.intake.findings import Finding, Place
from ipfinance.intake.importing import Plan
from ipfinance.intake.receipts import CitySum
from ipfinance.language import either, facts, tr
from ipfinance.ui.models.rows import Column
from ipfinance.ui.roles import Tone

DOUBTFUL = "doubtful"
"""What may be there already: a class of its own on the screen, counted as new."""
Shown = Status | str | None
"""What the preview is narrowed to: a status, what is doubtful or in doubt, or all."""
DOUBTFUL_LABEL = tr("疑似重复")
IN_DOUBT = "in_doubt"
"""What comes in though another registration bears its 登记号: among the new ones as well."""
IN_DOUBT_LABEL = tr("登记号待核")
TONES: dict[Shown, Tone] = {
    None: Tone.NEUTRAL,
    Status.NEW: Tone.OK,
    DOUBTFUL: Tone.WARNING,
    IN_DOUBT: Tone.WARNING,
    Status.CHANGED: Tone.INFO,
    Status.SAME: Tone.NEUTRAL,
    Status.REJECTED: Tone.DANGER,
    Status.LEFT_OUT: Tone.NEUTRAL,
}
"""The colour of each class, in the order in which they are shown."""
BLANK = tr("（空）")
READ = tr("读入")
TOTAL = tr("合计")
_SHOWN_CHANGES = 3
_TOLD_FIRST = (POSSIBLE_DUPLICATE, "reg_no_in_doubt")
_LONGEST_WHERE = 24  # letters; what is longer has names of files in it


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One registration of the import and its place in the plan; ``where`` names its rows as
    shortly as the files read allow."""

    index: int
    entry: Entry
    where: str

    @property
    def reg_no(self) -> str:
        """登记号 as read, also one in doubt, or as it stands in the file where nothing could be
        read."""
        pledge = self.entry.after
        if pledge is None:
            return text_of(self.entry.cells.get("reg_no"))
        return pledge.reg_no or pledge.reg_no_in_doubt or ""  # which of them, its class says

    @property
    def pledgors(self) -> str:
        pledge = self.entry.after
        if pledge is None:
            return facts(text_of(self.entry.cells.get("pledgor")).split("\n"))
        return facts(pledgor.name for pledgor in pledge.pledgors)

    @property
    def amount_fen(self) -> int | None:
        """担保债权额 in 分, None where none is given or none could be read."""
        return self.entry.after.secured_amount_fen if self.entry.after else None

    @property
    def remark(self) -> str:
        """What is wrong, what changes, or what to look at, in one line."""
        entry = self.entry
        if entry.status is Status.REJECTED:
            return _first(entry.errors, tr("{first}（共 {count} 处错误）"))
        if entry.before is not None:
            told = [
                f"{BY_KEY[one.key].label} {one.old or BLANK} → {one.new or BLANK}"
                for one in entry.changes[:_SHOWN_CHANGES]
            ]
            if len(told) == len(entry.changes):
                return facts(told)
            return tr("{changes} 等 {count} 项", changes=facts(told), count=len(entry.changes))
        # Of several the one that makes it a class of its own is told.
        warnings = sorted(entry.warnings, key=lambda one: one.rule not in _TOLD_FIRST)
        return _first(warnings, tr("{first}（共 {count} 处提醒）"))

    @property
    def is_doubtful(self) -> bool:
        """Whether it may be a registration that is there already."""
        return self.entry.status is Status.NEW and is_doubtful(self.entry)

    @property
    def is_in_doubt(self) -> bool:
        """Whether it comes in anew with its 登记号 in doubt."""
        after = self.entry.after
        is_new = self.entry.status is Status.NEW
        return is_new and after is not None and after.reg_no_in_doubt is not None

    @property
    def classes(self) -> tuple[Shown, ...]:
        """What it is counted as; the last says most."""
        return (
            self.entry.status,
            *([DOUBTFUL] if self.is_doubtful else []),
            *([IN_DOUBT] if self.is_in_doubt else []),
        )

    def is_of(self, shown: Shown) -> bool:
        """Whether it is shown when the preview is narrowed so."""
        if shown is None or isinstance(shown, Status):  # asked of all rows with every letter
            return shown is None or self.entry.status is shown
        return shown in self.classes

    @property
    def label(self) -> str:
        """What becomes of it, in a word."""
        return label_of(self.classes[-1])

    @property
    def tone(self) -> Tone:
        """The colour of that word."""
        return TONES[self.classes[-1]]

    @property
    def searchable(self) -> str:
        """All that a search looks through, in lower case."""
        return f"{self.reg_no}\n{self.pledgors}\n{self.remark}".casefold()


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan as the window shows it: its rows, how many are of each class and have warnings.

    ``longest_where`` is the longest of what the rows are called by, for the column's width.
    Made in the worker, for a plan of 100,000 registrations takes a second.
    """

    plan: Plan
    rows: tuple[EntryRow, ...]
    searchable: tuple[str, ...]
    warned: int
    counts: Mapping[Shown, int]
    longest_where: str

    def matching(self, status: Shown, words: str, warned: bool) -> list[EntryRow]:
        """The rows of a class (None: of any) that contain the words and, if asked, a warning."""
        sought = words.strip().casefold()
        return [
            row
            for row, text in zip(self.rows, self.searchable, strict=True)
            if row.is_of(status)
            and (not sought or sought in text)
            and (not warned or row.entry.warnings)
        ]


def preview_of(plan: Plan) -> Preview:
    """All of a plan, counted and added up."""
    rows = tuple(rows_of(plan.entries))
    return _counted(plan, rows, tuple(row.searchable for row in rows))


def preview_after(before: Preview, plan: Plan, indices: Iterable[int]) -> Preview:
    """A plan in which some entries became others."""
    rows, texts = list(before.rows), list(before.searchable)
    for index in indices:
        rows[index] = replace(rows[index], entry=plan.entries[index])
        texts[index] = rows[index].searchable
    return _counted(plan, tuple(rows), tuple(texts))


def _counted(plan: Plan, rows: tuple[EntryRow, ...], texts: tuple[str, ...]) -> Preview:
    # The plan remembers these: what is asked for here need not be reckoned in the window.
    _ = plan.counts, plan.cities, plan.secured_amount_fen, plan.in_doubt, plan.numbers_taken
    warned = sum(bool(row.entry.warnings) for row in rows)
    counts = Counter(one for row in rows for one in (None, *row.classes))
    longest = max((row.where for row in rows), key=len, default="")
    return Preview(plan, rows, texts, warned, counts, longest)


def label_of(shown: Shown) -> str:
    """What a class is called."""
    if isinstance(shown, Status):
        return shown.label
    return {DOUBTFUL: DOUBTFUL_LABEL, IN_DOUBT: IN_DOUBT_LABEL, None: READ}[shown]


def rows_of(entries: Sequence[Entry]) -> list[EntryRow]:
    """The entries of a plan in its order."""
    places = [entry.place for entry in entries]
    files = len({place.file for place in places}) > 1
    sheets = len({(place.file, place.sheet) for place in places}) > 1
    return [
        EntryRow(index, entry, where(place, file=files, sheet=sheets))
        for index, (entry, place) in enumerate(zip(entries, places, strict=True))
    ]


def where(place: Place, *, file: bool = True, sheet: bool = True) -> str:
    """The rows of a registration: 「台账.xlsx · 专利 · 第 3—5 行」."""
    first, last = place.rows[0], place.rows[-1]
    rows = (
        tr("第 {first} 行", first=first)
        if first == last
        else tr("第 {first}—{last} 行", first=first, last=last)
    )
    return " · ".join([place.file] * file + [place.sheet] * sheet + [rows])


def entry_columns(longest_where: str = "") -> list[Column[EntryRow]]:
    """The columns of the preview; that of the places has room for the longest of them."""
    return [
        Column(
            "status",
            tr("状态"),
            lambda row: row.label,
            width=90,
            words=tuple(map(label_of, TONES)),
            pill=lambda row: row.tone,
        ),
        Column(
            "where",
            tr("位置"),
            lambda row: row.where,
            sort=_order,
            width=92,
            soft=True,
            tip=lambda row: row.where,
            words=(longest_where[:_LONGEST_WHERE],),
        ),
        Column(
            "reg_no",
            either("登记号", "Number"),
            lambda row: row.reg_no or "—",
            width=138,
            stretch=2,
        ),
        Column("pledgor", tr("出质人"), lambda row: row.pledgors or "—", width=112, stretch=3),
        Column(
            "secured_amount",
            tr("债权额（万元）"),
            _amount,
            sort=lambda row: row.amount_fen,
            width=112,
            number=True,
        ),
        Column(
            "remark",
            tr("说明"),
            lambda row: row.remark,
            width=80,
            stretch=6,
            soft=True,
            fault=_remark_tone,
        ),
    ]


def _order(row: EntryRow) -> int:
    return row.index


def _amount(row: EntryRow) -> str:
    if row.amount_fen is not None:
        return wan(row.amount_fen)
    return "—" if row.entry.status is Status.REJECTED else tr("待补")


def _remark_tone(row: EntryRow) -> Tone | None:
    if row.entry.status is Status.REJECTED:
        return Tone.DANGER
    return Tone.WARNING if row.entry.warnings and row.entry.status is not Status.LEFT_OUT else None


def _first(findings: Sequence[Finding], of_several: str) -> str:
    """The first sentence, and where there are more how many."""
    if not findings:
        return ""
    text = findings[0].text
    return text if len(findings) == 1 else of_several.format(first=text, count=len(findings))


def with_total(cities: Sequence[CitySum]) -> list[CitySum]:
    """The sums per city and below them the total; every registration counts in one city."""
    total = CitySum(
        "",
        TOTAL,
        registrations_before=sum(city.registrations_before for city in cities),
        registrations_after=sum(city.registrations_after for city in cities),
        fen_before=sum(city.fen_before for city in cities),
        fen_after=sum(city.fen_after for city in cities),
    )
    return [*cities, total]


def is_total(line: CitySum) -> bool:
    """Whether a line is the total of the others."""
    return not line.code


def city_columns(total: CitySum | None = None) -> list[Column[CitySum]]:
    """The columns of the sums per city, with room for the total, the longest of each."""
    before, after = (total.fen_before, total.fen_after) if total else (0, 0)
    return [
        Column("city", tr("设区市"), lambda line: line.name, width=72),
        Column(
            "before",
            tr("导入前"),
            lambda line: wan(line.fen_before),
            sort=lambda line: line.fen_before,
            width=96,
            stretch=1,
            number=True,
            soft=True,
            words=(wan(before),),
        ),
        Column(
            "change",
            tr("增减"),
            lambda line: signed_wan(line.fen_after - line.fen_before),
            sort=lambda line: line.fen_after - line.fen_before,
            width=88,
            stretch=1,
            number=True,
            words=(signed_wan(after - before),),
        ),
        Column(
            "after",
            tr("导入后"),
            lambda line: wan(line.fen_after),
            sort=lambda line: line.fen_after,
            width=96,
            stretch=1,
            number=True,
            tip=_registrations,
            words=(wan(after),),
        ),
    ]


def _registrations(line: CitySum) -> str:
    return tr(
        "登记 {before:,} → {after:,} 笔",
        before=line.registrations_before,
        after=line.registrations_after,
    )


def signed_wan(fen: int) -> str:
    """万元 with its sign, a dash for nothing: 「+1,200.00」."""
    return f"{'+' if fen > 0 else '−'}{wan(abs(fen))}" if fen else "—"
