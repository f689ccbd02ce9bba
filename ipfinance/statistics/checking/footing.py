"""Cross-footing (勾稽) of a table: totals against rows, rates against levels, shares of totals."""

from collections.abc import Sequence
from fractions import Fraction

from ipfinance.domain.period import Period
from ipfinance.language import tr, word
from ipfinance.statistics.checking.columns import Column, columns_of
from ipfinance.statistics.checking.figures import Checked, Context, Measure, Verdict
from ipfinance.statistics.checking.judging import Judged
from ipfinance.statistics.checking.knowing import Knowledge
from ipfinance.statistics.checking.places import Places
from ipfinance.statistics.checking.slips import meant
from ipfinance.statistics.checking.tables import Cell, Line, Table
from ipfinance.statistics.checking.telling import computed_text, in_words

_NOTHING = word("没有可以核对的数")


def check_tables(
    text: str,
    tables: Sequence[Table],
    contexts: Sequence[Context],
    knowledge: Knowledge,
    places: Places,
    period: Period | None,
    area: str | None,
) -> list[Checked]:
    """The figures of the tables, each with its verdict."""
    checked: list[Checked] = []
    for table in tables:
        columns = columns_of(table, knowledge, places, period, area)
        judged: dict[Cell, Judged] = {}
        for column in columns:
            if column.is_level:
                judged |= _by_sums(table, column, _total_above(table, column, contexts))
        for column in columns:
            if column.rate:
                judged |= _by_levels(table, column, columns)
        for column in columns:
            judged |= column.known(table, judged)
        forms = {
            cell: column.form(line) for column in columns for line, cell in column.cells(table)
        }
        for cell, form in forms.items():
            answer = judged.get(cell, Judged(Verdict.OPEN, None, tr(_NOTHING)))
            checked.append(
                Checked(
                    text[cell.start : cell.end],
                    cell.start,
                    cell.end,
                    form,
                    answer.verdict,
                    answer.computed,
                    answer.reason,
                )
            )
    return checked


def _by_sums(table: Table, column: Column, above: Fraction | None) -> dict[Cell, Judged]:
    judged: dict[Cell, Judged] = {}
    for rows, total in _groups(table, column):
        judged |= _sum(column, rows, total)
    if above is not None and not any(line.level == 2 for line in table.rows):
        cells = [cell for line, cell in column.cells(table) if line.level == 0]
        judged |= _total_over(column, cells, above)
    return judged


def _groups(table: Table, column: Column) -> list[tuple[list[tuple[Line, Cell]], Cell]]:
    """Each printed total with the rows that it sums; a 合计 may stand above its rows."""
    lines = list(column.cells(table))
    groups: list[tuple[list[tuple[Line, Cell]], Cell]] = []
    since: list[tuple[Line, Cell]] = []
    for line, cell in lines:
        if line.level == 1:
            groups.append((since, cell))
            since = []
        elif line.level == 0:
            since.append((line, cell))
    rows = [(line, cell) for line, cell in lines if line.level == 0]
    groups += [(rows, cell) for line, cell in lines if line.level == 2]
    return [(group, total) for group, total in groups if len(group) > 1]


def _sum(column: Column, rows: list[tuple[Line, Cell]], total: Cell) -> dict[Cell, Judged]:
    whole = total.number
    assert whole is not None
    best: tuple[Fraction, list[Cell]] | None = None
    for cells in _alternatives(rows):
        added = sum((cell.number or Fraction(0) for cell in cells), Fraction(0))
        off = abs(added - whole)
        if off <= _tolerance(column, [*cells, total]):
            computed = column.computed(added)
            reason = tr(
                "{count}行之和为{told}，与{total}相符",
                count=len(cells),
                told=column.told(added),
                total=total.text,
            )
            if off:
                reason = tr("{told}，差数在四舍五入之内", told=reason)
            why = tr("与合计{total}勾稽相符，本身没有可以核对的数", total=total.text)
            fitting = Judged(Verdict.OPEN, None, why)
            right = Judged(Verdict.RIGHT, computed, reason)
            return {**dict.fromkeys(cells, fitting), total: right}
        if best is None or off < abs(best[0] - whole):
            best = added, cells
    assert best is not None
    if not column.adds_up and _is_distinct(whole, [cell for _, cell in rows]):
        reason = tr("去重计数不能相加（各行之和{told}）", told=column.told(best[0]))
        return {total: Judged(Verdict.OPEN, None, reason)}
    return _wrong(column, best[1], total, whole, best[0])


def _alternatives(rows: list[tuple[Line, Cell]]) -> list[list[Cell]]:
    """All rows; without 其中; and, where 市本级 is printed, without the districts it sums."""
    found = [[cell for _, cell in rows]]
    kept = [(line, cell) for line, cell in rows if not line.label.startswith("其中")]
    found.append([cell for _, cell in kept])
    if any("本级" in line.label for line, _ in kept):
        found.append([cell for line, cell in kept if not line.label.endswith("区")])
        found.append([cell for line, cell in kept if "本级" not in line.label])
    return [cells for cells in found if len(cells) > 1]


def _wrong(
    column: Column, cells: list[Cell], total: Cell, whole: Fraction, added: Fraction
) -> dict[Cell, Judged]:
    """Which number must be another: a row whose slip explains it all, else the total."""
    slips = _slipped(column, cells, whole, added, _tolerance(column, [*cells, total]))
    if slips is not None:
        row, right, words = slips
        value = Fraction(right.replace(",", ""))
        gaps = {"total": total.text, "printed": row.text, "right": right, "slip": words}
        why = tr("按合计{total}和其余各行，{printed}应为{right}（{slip}）", **gaps)
        if (row.number or 0) > whole:
            why = tr("比合计还大，按合计{total}和其余各行，{printed}应为{right}（{slip}）", **gaps)
        return {
            row: Judged(Verdict.WRONG, column.computed(value), why),
            total: Judged(
                Verdict.OPEN,
                column.computed(added),
                tr(
                    "各行之和为{told}；若{printed}改为{right}，则与合计相符",
                    told=column.told(added),
                    printed=row.text,
                    right=right,
                ),
            ),
        }
    reason = tr(
        "各行之和为{told}，不是{total}，相差{off}",
        told=column.told(added),
        total=total.text,
        off=column.told(abs(added - whole)),
    )
    return {total: Judged(Verdict.WRONG, column.computed(added), reason)}


def _slipped(
    column: Column, cells: list[Cell], whole: Fraction, added: Fraction, tolerance: Fraction
) -> tuple[Cell, str, str] | None:
    """The one row whose printed digits become the needed number by one slip."""
    found: list[tuple[Fraction, Cell, str, str]] = []
    for cell in cells:
        assert cell.number is not None
        assert cell.digits is not None
        needed = cell.number - (added - whole)
        if needed <= 0:
            continue
        slip = meant(cell.digits, needed - tolerance, needed + tolerance, needed)
        if slip is not None:
            off = abs(Fraction(slip[0].replace(",", "")) - needed)
            found.append((off, cell, slip[0], slip[1]))
    larger = [one for one in found if (one[1].number or 0) > whole]
    found = larger or found
    exact = [one for one in found if one[0] == 0] or found
    # Several rows may explain it: then none is named, for it would be a guess.
    return exact[0][1:] if len(exact) == 1 else None


def _total_over(column: Column, rows: list[Cell], whole: Fraction) -> dict[Cell, Judged]:
    """A total told in the words above a list that has no total row."""
    added = sum((cell.number or Fraction(0) for cell in rows), Fraction(0))
    tolerance = _tolerance(column, rows)
    if abs(added - whole) <= tolerance:
        return {}
    slip = _slipped(column, rows, whole, added, tolerance)
    if slip is not None:
        row, right, words = slip
        told = column.told(whole)
        reason = tr(
            "按文中的合计{total}和其余各行，{printed}应为{right}（{slip}）",
            total=told,
            printed=row.text,
            right=right,
            slip=words,
        )
        value = Fraction(right.replace(",", ""))
        return {row: Judged(Verdict.WRONG, column.computed(value), reason)}
    return {}


def _total_above(table: Table, column: Column, contexts: Sequence[Context]) -> Fraction | None:
    """合计 in the line above or below a list, in the unit of its column."""
    for one in contexts:
        found = one.found
        near = 0 <= table.start - found.end <= 40 or 0 <= found.start - table.end <= 20
        if found.is_total and near and column.worth and column.measure is found.measure:
            return found.number / column.worth
    return None


def _is_distinct(whole: Fraction, cells: Sequence[Cell]) -> bool:
    """Whether a distinct count may be the whole: no smaller than a row, no larger than all."""
    numbers = [cell.number or Fraction(0) for cell in cells]
    return max(numbers) <= whole <= sum(numbers)


def _tolerance(column: Column, cells: Sequence[Cell]) -> Fraction:
    """What roundings can add up to: half a last digit each; nothing for whole counts."""
    if column.measure is Measure.COUNT and all("." not in cell.text for cell in cells):
        return Fraction(0)
    halves = [_half(cell) for cell in cells]
    return sum(halves, Fraction(0))


def _half(cell: Cell) -> Fraction:
    return Fraction(1, 2 * 10 ** len((cell.digits or "").partition(".")[2]))


def _by_levels(table: Table, column: Column, columns: Sequence[Column]) -> dict[Cell, Judged]:
    """Each rate of growth against the two levels to its left, each share against its total."""
    left = [one for one in columns if one.place < column.place and one.is_level]
    if column.rate == "share":
        return _shares(table, column, left)
    earlier = [one for one in left if one.is_earlier]
    if not left or not earlier:
        return {}
    base = earlier[-1]
    now = [one for one in left if not one.is_earlier and one.measure is base.measure]
    if not now:
        return {}
    judged: dict[Cell, Judged] = {}
    for line, cell in column.cells(table):
        level, before = now[-1].cell(line), base.cell(line)
        if level is None or before is None or not before.number:
            continue
        low, high = _quotient(level, before)
        value = (level.number or Fraction(0)) / before.number - 1
        judged[cell] = _rated(
            column,
            cell,
            low - 1,
            high - 1,
            value,
            tr("{now}比{base}", now=level.text, base=before.text),
        )
    return judged


def _shares(table: Table, column: Column, left: Sequence[Column]) -> dict[Cell, Judged]:
    whole_line = next((line for line in table.rows if line.level == 2), None)
    judged: dict[Cell, Judged] = {}
    if whole_line is None:
        return judged
    for level in reversed(left):
        whole = level.cell(whole_line)
        if whole is None or not whole.number or level.is_earlier:
            continue
        answers: dict[Cell, Judged] = {}
        for line, cell in column.cells(table):
            part = level.cell(line)
            if part is None:
                continue
            low, high = _quotient(part, whole)
            value = (part.number or Fraction(0)) / whole.number
            answers[cell] = _rated(column, cell, low, high, value, f"{part.text}÷{whole.text}")
        wrong = sum(one.verdict is Verdict.WRONG for one in answers.values())
        if not judged or 2 * wrong < len(answers):
            judged = answers
        if 2 * wrong < len(answers):
            break
    return judged


def _rated(
    column: Column, cell: Cell, low: Fraction, high: Fraction, value: Fraction, words: str
) -> Judged:
    printed, half = (cell.number or Fraction(0)) / 100, _half(cell) / 100
    told = in_words(value, Measure.RATE)
    computed = computed_text(value, Measure.RATE)
    if printed - half <= high and low <= printed + half:
        return Judged(Verdict.RIGHT, computed, tr("{what}为{told}", what=words, told=told))
    return Judged(
        Verdict.WRONG,
        computed,
        tr("{what}应为{told}，不是{printed}", what=words, told=told, printed=cell.text),
    )


def _quotient(above: Cell, below: Cell) -> tuple[Fraction, Fraction]:
    top, bottom = above.number or Fraction(0), below.number or Fraction(0)
    # Counts are exact; amounts are known to half their last digit.
    up, down = (
        Fraction(0) if cell.unit in ("家", "件", "项", "笔", "户", "个") else _half(cell)
        for cell in (above, below)
    )
    least = bottom - down if bottom > down else bottom
    return (top - up) / (bottom + down), (top + up) / least
