"""One notice as it is written: its fields with their places, and what they say."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ipfinance.domain.dates import DateError, read_date
from ipfinance.domain.identifiers import check_patent_number, check_pledge_number
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import Change
from ipfinance.intake.notices.words import DAY_KEYS, DAY_LABELS, Code
from ipfinance.language import listed, tr


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a notice: its key, the label written, what it says, and where it stands.

    ``start`` and ``end`` count characters of the pasted text; the label begins at ``begin``.
    """

    key: str
    label: str
    text: str
    start: int
    end: int
    begin: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the pasted text from ``start`` to ``end``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: one event of one patent, as it is written.

    ``rights`` are patent numbers in stored form, ``names`` what the patents are called;
    ``faults`` say what cannot be read and keeps the event from being carried out, ``remarks``
    what is worth a look.
    """

    code: Code
    title: Passage
    fields: tuple[Field, ...]
    reg_no: str | None = None
    happened_on: date | None = None
    pledgors: tuple[str, ...] = ()
    pledgees: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        return min([self.title.start, *(field.begin for field in self.fields)])

    @property
    def end(self) -> int:
        return max([self.title.end, *(field.end for field in self.fields)])


def make_notice(code: Code, title: Passage, fields: list[Field]) -> Notice:
    """The notice that a title and the fields after it make."""
    faults: list[str] = []
    remarks: list[str] = []
    reg_nos = _distinct(check_pledge_number(text).normalized for text in _of(fields, "reg_no"))
    if len(reg_nos) > 1:
        faults.append(
            tr(
                "有 {count} 个不同的登记号：{reg_nos}",
                count=len(reg_nos),
                reg_nos=listed(reg_nos),
            )
        )
    for text in _of(fields, "reg_no"):
        if fault := check_pledge_number(text).fault:
            remarks.append(tr("登记号 {written}：{fault}", written=text, fault=fault))
    rights = []
    for text in _of(fields, "rights"):
        checked = check_patent_number(text)
        rights.append(checked.normalized)
        if checked.fault:
            remarks.append(tr("专利号 {written}：{fault}", written=text, fault=checked.fault))
    parties = {key: _distinct(_of(fields, key), name_key) for key in ("pledgor", "pledgee")}
    for name in (*parties["pledgor"], *parties["pledgee"]):
        if ":" in name or "：" in name:
            faults.append(tr("「{name}」里还有别的内容，没有读懂", name=name))
    happened_on = _day(code, fields, faults)
    _complain(code, reg_nos, parties, faults)
    return Notice(
        code=code,
        title=title,
        fields=tuple(fields),
        reg_no=reg_nos[0] if reg_nos else None,
        happened_on=happened_on,
        pledgors=parties["pledgor"],
        pledgees=parties["pledgee"],
        rights=_distinct(rights),
        names=tuple(_of(fields, "name")),
        # A notice pasted into itself says everything twice.
        changes=tuple(dict.fromkeys(_changes(fields))),
        faults=tuple(dict.fromkeys(faults)),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _day(code: Code, fields: list[Field], faults: list[str]) -> date | None:
    for key in DAY_KEYS[code]:
        days: list[date] = []
        for text in _of(fields, key):
            try:
                days.append(read_date(text.replace(" ", "")))
            except DateError as error:
                faults.append(error.text)
        if len(set(days)) > 1:
            faults.append(tr("有两个不同的日期：{days}", days=listed(map(str, days))))
        if days:
            return days[0]
    if code in DAY_LABELS and not faults:
        faults.append(tr("没有写明{day}", day=tr(DAY_LABELS[code])))
    return None


def _complain(
    code: Code,
    reg_nos: tuple[str, ...],
    parties: dict[str, tuple[str, ...]],
    faults: list[str],
) -> None:
    """What an event cannot do without."""
    if code.is_pledge and not reg_nos:
        faults.append(tr("没有写明登记号"))
    if code is Code.ESTABLISHED and not parties["pledgor"]:
        faults.append(tr("没有写明出质人"))


def _changes(fields: list[Field]) -> Iterator[Change]:
    """变更事项, 变更前, 变更后, and again; an item may have several pairs."""
    item, before, after = "", None, None
    for field in fields:
        if field.key not in ("item", "before", "after"):
            continue
        is_next = field.key == "item" or (before is not None and field.key == "before")
        if is_next or (after is not None and field.key == "after"):
            if before is not None or after is not None:
                yield Change(item, before or "", after or "")
            before = after = None
        if field.key == "item":
            item = field.text
        elif field.key == "before":
            before = field.text
            item = item or field.label.removeprefix("变更前")
        else:
            after = field.text
            item = item or field.label.removeprefix("变更后")
    if item or before is not None or after is not None:
        yield Change(item, before or "", after or "")


def _of(fields: Iterable[Field], key: str) -> list[str]:
    return [field.text for field in fields if field.key == key and field.text]


def _distinct(texts: Iterable[str], key: Callable[[str], str] = str) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for text in texts:
        kept.setdefault(key(text), text)
    return tuple(kept.values())
