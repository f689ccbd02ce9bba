"""The to-do list as tables: the kinds with their counts, and the findings of one kind."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from typing_extensions import override

from ipfinance.db import ledger
from ipfinance.db.finding_kinds import Finding, FindingKind
from ipfinance.db.ledger import LedgerRow
from ipfinance.domain.money import wan
from ipfinance.language import either, listed, tr
from ipfinance.ui.desk import Desk
from ipfinance.ui.models.paged import PagedModel
from ipfinance.ui.models.rows import Column, RowsModel
from ipfinance.ui.roles import Tone


@dataclass(frozen=True, slots=True)
class KindCount:
    """One kind and how many findings of it are open."""

    kind: FindingKind
    count: int


class KindsModel(RowsModel[KindCount]):
    """All kinds in their order, those with nothing to do as well."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            [
                Column("kind", tr("事项"), lambda one: one.kind.label, width=150, stretch=1),
                Column(
                    "count",
                    tr("项数"),
                    lambda one: f"{one.count:,}" if one.count else "—",
                    width=64,
                    number=True,
                ),
            ],
            parent,
        )


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with the lines of its registrations; ``id`` is its place in the list."""

    id: int
    finding: Finding
    lines: tuple[LedgerRow, ...]
    words: str

    @property
    def first(self) -> LedgerRow | None:
        return self.lines[0] if self.lines else None


class FindingsModel(PagedModel[FindingRow]):
    """Findings of one kind, whose registrations are read as they come into sight."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(_columns(), parent)
        self._desk = desk
        self._findings: Sequence[Finding] = ()

    def show(self, findings: Sequence[Finding]) -> None:
        """List these, in their order."""
        self._findings = findings
        self.set_ids(array("q", range(len(findings))))

    @override
    def fetch(self, ids: Sequence[int]) -> list[FindingRow]:
        asked = [self._findings[place] for place in ids]
        numbers = {number for finding in asked for number in finding.pledges}
        today = self._desk.today()
        lines = {row.id: row for row in ledger.rows(self._desk.store, sorted(numbers), today)}
        found = []
        for place, finding in zip(ids, asked, strict=True):
            its = tuple(lines[number] for number in finding.pledges if number in lines)
            found.append(FindingRow(place, finding, its, self._said(finding, its)))
        return found

    def _said(self, finding: Finding, lines: Sequence[LedgerRow]) -> str:
        """What is odd about it, the other registrations by name."""
        if not lines:
            return finding.words
        others = listed(_named(row) for row in lines[1:])
        end = lines[0].term_end
        match finding.kind:
            case FindingKind.OVERLAPPING_RIGHT:
                return tr("与 {others} {fault}", others=others, fault=finding.words)
            case FindingKind.POSSIBLE_DUPLICATE:
                return tr("与 {others} 内容相同", others=others)
            case FindingKind.REG_NO_IN_DOUBT if lines[1:]:
                return tr(
                    "{pledgors}（{day} 登记）也是这个登记号，哪一笔写错待核",
                    pledgors=lines[1].pledgors,
                    day=lines[1].registered_on,
                )
            case FindingKind.OVERDUE if end:
                return tr("已过期 {days:,} 天", days=(self._desk.today() - end).days)
            case FindingKind.DUE_IN_30 | FindingKind.DUE_IN_60 | FindingKind.DUE_IN_90 if end:
                days = (end - self._desk.today()).days
                return tr("还有 {days} 天", days=days) if days else tr("今天到期")
            case FindingKind.AMOUNT_MISSING:
                return tr("补上担保债权额")
        return finding.words


def _named(row: LedgerRow) -> str:
    return row.reg_no or tr(
        "{pledgors} {day} 的登记（没有登记号）", pledgors=row.pledgors, day=row.registered_on
    )


def _columns() -> list[Column[FindingRow]]:
    def text(row: FindingRow, column: str) -> str:
        return "—" if row.first is None else str(getattr(row.first, column) or "—")

    def reg_no(row: FindingRow) -> str:
        if row.first is None or not row.first.reg_no_in_doubt:
            return text(row, "reg_no")
        if row.finding.kind is FindingKind.REG_NO_IN_DOUBT:  # all of the list are
            return row.first.reg_no_in_doubt
        return tr("{reg_no}（待核）", reg_no=row.first.reg_no_in_doubt)

    def amount(row: FindingRow) -> str:
        if row.first is None:
            return "—"
        fen = row.first.secured_amount_fen
        return tr("待补") if fen is None else wan(fen)

    def missing(row: FindingRow) -> Tone | None:
        is_missing = row.first is not None and row.first.secured_amount_fen is None
        return Tone.WARNING if is_missing else None

    return [
        Column("reg_no", either("登记号", "Number"), reg_no, width=136, stretch=1),
        Column(
            "pledgor",
            tr("出质人"),
            lambda row: text(row, "pledgors"),
            width=170,
            stretch=2,
            least=140,
        ),
        Column(
            "pledgee",
            tr("质权人"),
            lambda row: text(row, "pledgees"),
            width=110,
            soft=True,
            hidden=True,
        ),
        Column(
            "secured_amount", tr("债权额（万元）"), amount, width=116, number=True, fault=missing
        ),
        Column(
            "registered_on",
            tr("登记日"),
            lambda row: text(row, "registered_on"),
            width=92,
            soft=True,
            hidden=True,
        ),
        Column("term_end", tr("到期日"), lambda row: text(row, "term_end"), width=92, soft=True),
        Column(
            "words",
            tr("说明"),
            lambda row: row.words,
            width=220,
            stretch=3,
            tip=lambda row: row.words,
        ),
    ]
