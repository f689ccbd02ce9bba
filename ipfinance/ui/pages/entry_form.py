"""The entry form, laid out in the order of the paper: it reads, fills and marks its fields."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.pledge import Kind, Pledge
from ipfinance.language import tr
from ipfinance.ui.pages.entry_fields import SingleFields
from ipfinance.ui.pages.entry_focus import FieldWatch
from ipfinance.ui.pages.entry_judges import judge_of
from ipfinance.ui.pages.entry_parties import PledgeeRows, PledgorRows
from ipfinance.ui.pages.entry_pins import PINNED, PinButton, Pins
from ipfinance.ui.pages.entry_reading import FormCells, FormReading, Spot
from ipfinance.ui.pages.entry_suggestions import Suggester
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.field import FieldBox
from ipfinance.ui.widgets.label import hairline, label
from ipfinance.ui.widgets.party_rows import ROW_GAP
from ipfinance.ui.widgets.rights_edit import RightsEdit
from ipfinance.ui.widgets.rights_row import rights_columns, three_columns

# What the number and the name of a right are called on the paper.
_RIGHT_WORDS = {
    Kind.PATENT: (tr("专利号"), tr("专利名称")),
    Kind.TRADEMARK: (tr("商标注册号"), tr("商标名称")),
}
_KEPT = tr("沿用上一笔")
_HEAD = ("kind", "reg_no", "registered_on")
_CLAIM = ("secured_amount", "term_start", "term_end")
_OTHER_AMOUNTS = ("credit_amount", "loan_amount", "appraised_value")
_OTHERS = ("channel", "subsidy", "cancelled_on")


class Box(Protocol):
    """Whatever shows the words about one field."""

    @property
    def text(self) -> str: ...
    def set_fault(self, text: str) -> None: ...
    def set_warning(self, text: str) -> None: ...
    def clear(self) -> None: ...
    def go_there(self) -> None: ...


class EntryForm(QWidget):
    """Every field of the catalogue. It knows of the store only what is proposed."""

    left = Signal(object)  # Spot: the cursor went from a field
    rows_changed = Signal()

    def __init__(self, suggester: Suggester, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggester = suggester
        self.single = SingleFields()
        self.pins = Pins()
        self.pins.setParent(self)
        day = self.single.boxes["registered_on"]
        day.head.addWidget(PinButton(self.pins, "registered_on", day.text))
        self.pledgors = PledgorRows(suggester, self.pins)
        self.pledgees = PledgeeRows(suggester, self.pins)
        self.rights = RightsEdit(judge_of(None))
        self._rights_total = label("", "label")
        self._rights_total.setObjectName("rights_total")
        self.watch = FieldWatch(self._places, self)
        self.watch.left.connect(self.left)
        self._lay_out()
        self.single.kind.currentIndexChanged.connect(self._on_kind_changed)
        self.single.dates["registered_on"].value_changed.connect(self._on_day_changed)
        for rows in (self.pledgors, self.pledgees, self.rights):
            rows.rows_changed.connect(self._on_rows_changed)
        self.rights.changed.connect(self._count_rights)
        self._on_kind_changed()
        self._on_rows_changed()
        self._count_rights()

    def cells(self) -> FormCells:
        """The texts of all fields, as reading wants them."""
        return FormCells(
            single=self.single.texts(),
            rows={
                **self.pledgors.texts(),
                **self.pledgees.texts(),
                "rights": [row.number.text() for row in self.rights.rows],
                "right_names": [row.name.text() for row in self.rights.rows],
            },
        )

    def blank(self) -> None:
        """Empty every field."""
        self.single.blank()
        self.pledgors.fill(())
        self.pledgees.fill(())
        self.rights.set_pairs(())
        self.clear_faults()

    def fill(self, pledge: Pledge) -> None:
        """Show a stored registration."""
        self.single.blank()
        self.single.fill(pledge)
        self._suggester.day = pledge.registered_on
        self.pledgors.fill([self._pledgor_texts(pledge, at) for at in range(len(pledge.pledgors))])
        self._fill_pledgees(pledge)
        self.rights.set_pairs([(right.number, right.name) for right in pledge.rights])
        self.clear_faults()

    def keep(self, pledge: Pledge) -> None:
        """Start the next one: empty but for the kind, and of day, city and pledgees what is
        pinned."""
        self.blank()
        day, city, pledgees = (self.pins.is_on(key) for key in PINNED)
        self.single.keep(pledge.kind, pledge.registered_on if day else None)
        if city:
            self.pledgors.fill([{"city": self._suggester.place_names(pledge.city, None)[0]}])
            self.pledgors.rows[0].boxes["city"].set_hint(_KEPT)
        if pledgees:
            self._fill_pledgees(pledge)
        if day:
            self.single.boxes["registered_on"].set_hint(tr("沿用上一笔，可只填日"))
        for row in self.pledgees.rows if pledgees and pledge.pledgees else ():
            row.boxes["pledgee"].set_hint(_KEPT)

    def put(self, cells: FormCells) -> None:
        """Write every field as it would be typed."""
        self.single.put(cells.single)
        self.pledgors.fill(_rows(cells, self.pledgors.texts()))
        self.pledgees.fill(_rows(cells, self.pledgees.texts()))
        self.rights.set_pairs(
            list(zip(cells.rows["rights"], cells.rows["right_names"], strict=True))
        )
        self.clear_faults()

    def turn_pin(self) -> None:
        """Pin the field that has the cursor, or let it go."""
        spot = self.watch.spot_of(QApplication.focusWidget())
        if spot is not None and spot[0] in PINNED:
            self.pins.turn(spot[0])

    def boxes(self) -> dict[Spot, Box]:
        """Every field with where it says what is wrong, in the order of the paper."""
        made: dict[Spot, Box] = {(key, 0): self.single.boxes[key] for key in _HEAD}
        for rows in (self.pledgors, self.pledgees):
            for at, row in enumerate(rows.rows):
                made |= {(key, at): box for key, box in row.boxes.items()}
        made |= {(key, 0): self.single.boxes[key] for key in (*_CLAIM, *_OTHER_AMOUNTS)}
        made["rights", 0], made["right_names", 0] = self.rights.numbers, self.rights.names
        return made | {
            (key, 0): self.single.boxes[key] for key in ("rights_count", *_OTHERS, "note")
        }

    def show_reading(self, reading: FormReading, visited: Mapping[Spot, bool]) -> None:
        """Say beside each field what is wrong with it.

        ``visited`` tells of which fields to speak, and whether an error there is told as one
        (True) or still as a warning (False).
        """
        for spot, box in self.boxes().items():
            error, warning = reading.at(spot, True), reading.at(spot, False)
            strict = visited.get(spot)
            box.set_fault(error if strict else "")
            box.set_warning("" if strict is None else warning if strict else error or warning)

    def clear_faults(self) -> None:
        """Say nothing of any field but what helps to fill it in."""
        for box in self.boxes().values():
            box.clear()
        self.single.show_echoes()
        self._count_rights()

    def go_to_start(self) -> None:
        """Put the cursor where the next registration begins: what was kept is passed over."""
        key = "kind" if self.single.chosen_kind() is None else "reg_no"
        self.single.boxes[key].go_there()

    def go_on(self, widget: QWidget) -> bool:
        """What Enter does: press a button, else go to the next field; False at the last."""
        if isinstance(widget, QPushButton):
            widget.click()
            return True
        following = self.watch.next_of(widget)
        last = self.rights.rows[-1]
        if widget is last.number and last.is_blank:
            following = self.watch.next_of(last.name)  # nothing to name
        if following is None:
            return False
        following.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _places(self) -> Sequence[tuple[Spot, QWidget]]:
        """Every field that takes the cursor, in the order of the paper."""
        places: list[tuple[Spot, QWidget]] = []
        for spot, box in self.boxes().items():
            if isinstance(box, FieldBox):
                places.append((spot, box.editor))
            elif box is self.rights.numbers:
                for row in self.rights.rows:
                    places += [(("rights", 0), row.number), (("right_names", 0), row.name)]
        return places

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        parties = Card(tr("当事人"))
        parties.head.addWidget(self.pledgors.adder)
        parties.head.addWidget(self.pledgees.adder)
        # The buttons are higher than a title; the fields keep their distance all the same.
        inside = parties.layout()
        assert inside is not None
        inside.setContentsMargins(20, 10, 20, 16)
        inside.setSpacing(4)
        parties.body.addWidget(self.pledgors)
        parties.body.addWidget(hairline())
        parties.body.addWidget(self.pledgees)
        rights = Card(tr("出质权利"))
        rights.head.addWidget(self._rights_total)
        rights.body.addWidget(self.rights)
        rights.body.addLayout(
            rights_columns(self.single.boxes["rights_count"], QWidget(), QWidget())
        )
        others = self._card(tr("其他"), _OTHERS)
        others.body.addWidget(self.single.boxes["note"])
        for card in (
            self._card(tr("登记信息"), _HEAD),
            parties,
            self._card(tr("担保债权"), _CLAIM, _OTHER_AMOUNTS),
            rights,
            others,
        ):
            column.addWidget(card)

    def _card(self, title: str, *rows: Sequence[str]) -> Card:
        card = Card(title)
        card.body.setSpacing(ROW_GAP)
        for keys in rows:
            card.body.addLayout(three_columns(*(self.single.boxes[key] for key in keys)))
        return card

    def _pledgor_texts(self, pledge: Pledge, at: int) -> dict[str, str]:
        pledgor = pledge.pledgors[at]
        city, county = self._suggester.place_names(pledgor.city, pledgor.county)
        return {
            "pledgor": pledgor.name,
            "uscc": pledgor.uscc or "",
            "city": city,
            "county": county or pledgor.county or "",
            "size": pledgor.size.label_zh if pledgor.size else "",
            "industry": pledgor.industry.label_zh if pledgor.industry else "",
        }

    def _fill_pledgees(self, pledge: Pledge) -> None:
        self.pledgees.fill(
            [
                {"pledgee": one.name, "pledgee_kind": one.kind.label_zh if one.kind else ""}
                for one in pledge.pledgees
            ]
        )

    def _on_kind_changed(self) -> None:
        kind = self.single.chosen_kind()
        numbers, names = BY_KEY["rights"], BY_KEY["right_names"]
        words = (numbers.label, names.label)
        self.rights.set_words(*(words if kind is None else _RIGHT_WORDS.get(kind, words)))
        self.rights.numbers.label.setToolTip(numbers.explained)
        self.rights.names.label.setToolTip(names.explained)
        self.rights.set_judge(judge_of(kind))

    def _on_day_changed(self, day: date | None) -> None:
        if day is not None:
            self._suggester.day = day

    def _count_rights(self) -> None:
        count = self.rights.count()
        self._rights_total.setText(tr("共 {count} 件", count=count) if count else "")
        self.single.boxes["rights_count"].set_hint(
            tr("已列出 {count} 个号码，按号码计", count=count) if count else tr("不列号码时填写")
        )

    def _on_rows_changed(self) -> None:
        """Watch the new fields, and bring Tab into the order of the paper again."""
        self.watch.watch_fields()
        order = [editor for _, editor in self._places()]
        for rows in (self.pledgors, self.pledgees):
            for row in rows.rows:
                last = list(row.boxes.values())[-1].editor
                order.insert(order.index(last) + 1, row.remover)
            order.insert(order.index(rows.rows[-1].remover) + 1, rows.adder)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.rows_changed.emit()


def _rows(cells: FormCells, keys: Iterable[str]) -> list[dict[str, str]]:
    """The rows of parties, each by its keys."""
    columns = {key: cells.rows[key] for key in keys if key in cells.rows}
    count = max((len(texts) for texts in columns.values()), default=0)
    return [
        {key: texts[at] for key, texts in columns.items() if at < len(texts)} for at in range(count)
    ]
