"""The parties in the entry form: pledgors with their place on the day, and pledgees."""

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ipfinance.db.suggestions import EnterpriseMatch, PledgeeMatch
from ipfinance.domain.division import Division
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.identifiers import check_uscc
from ipfinance.domain.industries import Industry
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import Channel, PledgeeKind, Size
from ipfinance.language import tr
from ipfinance.ui.pages.entry_pins import PinButton, Pins
from ipfinance.ui.pages.entry_suggestions import Suggester
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.party_rows import PartyBox, PartyRow, PartyRows
from ipfinance.ui.widgets.rights_row import three_columns
from ipfinance.ui.widgets.suggest_edit import SuggestEdit
from ipfinance.ui.widgets.suggestion_list import Suggestion
from ipfinance.ui.widgets.tag import Tag

_SCROLL_BAR = 28
NO_CHOICE = "—"


class PledgorRow(PartyRow):
    """One pledgor; what the store knows of an enterprise is filled in when it is picked."""

    def __init__(self, suggester: Suggester, pins: Pins) -> None:
        super().__init__(tr("出质人"))
        self._suggester = suggester
        self.name = SuggestEdit(suggester.enterprises)
        self.code = SuggestEdit(suggester.codes, short=False)
        self.size_choice = choice(Size)
        self.industry = choice(Industry)
        # The longest section must not push the other fields aside; the list has room for it.
        self.industry.setSizeAdjustPolicy(
            ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        words = self.industry.view()
        words.setMinimumWidth(words.sizeHintForColumn(0) + _SCROLL_BAR)
        self.city = SuggestEdit(suggester.cities, closed=True)
        self.county = SuggestEdit(self._counties, closed=True)
        who = (
            self._box("pledgor", self.name),
            self._box("uscc", self.code),
            self._box("size", self.size_choice),
        )
        city = self._box("city", self.city)
        county = self._box("county", self.county)
        industry = self._box("industry", self.industry)
        self._tag = Tag(tr("计入地"), Tone.INFO)
        self._tag.setToolTip(tr("登记及其金额计入第一个出质人在登记当日的所在地"))
        city.head.insertWidget(city.head.count() - 1, self._tag)
        self._pin = PinButton(pins, "city", tr("设区市"))
        city.head.addWidget(self._pin)
        industry.line.addWidget(self.remover)
        both = QVBoxLayout()
        both.setSpacing(4)
        both.addLayout(three_columns(*who))
        both.addLayout(three_columns(city, county, industry))
        self.line.addLayout(both)
        self.name.picked.connect(self._on_enterprise_picked)
        self.code.picked.connect(self._on_enterprise_picked)
        self.city.picked.connect(self._on_city_picked)
        self.county.picked.connect(self._on_county_picked)
        self.name.editingFinished.connect(self._on_party_left)
        self.code.editingFinished.connect(self._on_party_left)
        self.city.editingFinished.connect(self._on_city_left)
        self.county.editingFinished.connect(self._on_county_left)
        self.name.textChanged.connect(self._on_name_changed)
        self._was_edited = False  # by a person, since it was left last
        for field in (self.name, self.code):
            field.textEdited.connect(self._on_party_edited)

    @override
    def number(self, row: int, count: int) -> None:
        super().number(row, count)
        self._tag.setVisible(row == 0)
        self._pin.setVisible(row == 0)

    def _box(self, key: str, editor: QWidget) -> PartyBox:
        field = BY_KEY[key]
        return self.add_box(key, field.label, editor, field.explained, field.required)

    def _counties(self, text: str) -> list[Suggestion]:
        return self._suggester.counties(text, self.city.text())

    def _on_enterprise_picked(self, match: EnterpriseMatch) -> None:
        self._fill(match, overwrite=True)
        self._tell_of(match)

    def _fill(self, match: EnterpriseMatch, *, overwrite: bool) -> None:
        """Fill in what is known of the enterprise; without `overwrite` only what is blank."""
        for field, text in ((self.name, match.name), (self.code, match.code)):
            if overwrite or not field.text().strip():
                field.setText(text)
        if match.size is not None and (overwrite or not self.size_choice.value()):
            self.size_choice.set_value(match.size.label_zh)
        if match.industry is not None and (overwrite or not self.industry.value()):
            self.industry.set_value(match.industry.label_zh)
        # A city that was kept from the last one is no reason not to know the county.
        elsewhere = self._suggester.city_code(self.city.text()) not in (None, match.city)
        is_placed = elsewhere or bool(self.county.text().strip())
        if match.city is not None and (overwrite or not is_placed):
            city, county = self._suggester.place_names(match.city, match.county)
            self.city.setText(city)
            self.county.setText(county)

    def _tell_of(self, match: EnterpriseMatch | None) -> None:
        name = self.name.text().strip()
        namesake = self._suggester.enterprise(name, "") if name and match is None else None
        if match is None and namesake is not None:
            hint = tr("企业库里这个名称的代码是 {code}，请核对", code=namesake.code)
        elif match is None:
            hint = tr("新企业，保存后即可联想") if name else ""
        elif name_key(match.name) != name_key(name):
            hint = tr("这个代码在企业库里是「{name}」，请核对", name=match.name)
        else:
            hint = tr("企业库已有，已登记 {registrations} 笔", registrations=match.registrations)
        self.boxes["pledgor"].set_hint(hint)

    def _on_name_changed(self) -> None:
        self.boxes["pledgor"].set_hint("")

    def _on_party_edited(self) -> None:
        self._was_edited = True

    def _on_party_left(self) -> None:
        checked = check_uscc(self.code.text())
        if checked.ok and checked.normalized != self.code.text():
            self.code.setText(checked.normalized)
        name, code = self.name.text().strip(), self.code.text().strip()
        match = self._suggester.enterprise(name, code) if name or code else None
        # Who only passes through a stored registration must not change it.
        if match is not None and self._was_edited:
            self._fill(match, overwrite=False)
        self._was_edited = False
        self._tell_of(match)

    def _on_city_picked(self, _: Division) -> None:
        self._on_city_left()

    def _on_city_left(self) -> None:
        code = self._suggester.city_code(self.city.text())
        if code is not None:
            self.city.setText(self._suggester.place_names(code, None)[0])

    def _on_county_picked(self, county: Division) -> None:
        self.city.setText(self._suggester.place_names(county.parent, None)[0])

    def _on_county_left(self) -> None:
        county = self._suggester.county_named(self.county.text(), self.city.text())
        if county is None or not self.county.text().strip():
            return
        self.county.setText(county.name)
        if not self.city.text().strip():
            self._on_county_picked(county)


class PledgorRows(PartyRows):
    """All pledgors; the registration counts where the first of them is."""

    def __init__(self, suggester: Suggester, pins: Pins) -> None:
        super().__init__(tr("出质人"), "pledgors")
        self._suggester = suggester
        self._pins = pins
        self.fill(())

    @override
    def make_row(self) -> PartyRow:
        return PledgorRow(self._suggester, self._pins)


class PledgeeRow(PartyRow):
    """One pledgee; its kind is what the store knows, once it knows it."""

    def __init__(self, suggester: Suggester, pins: Pins) -> None:
        super().__init__(tr("质权人"))
        self._suggester = suggester
        self.name = SuggestEdit(suggester.pledgees)
        self.kind = choice(PledgeeKind)
        for key, editor in (("pledgee", self.name), ("pledgee_kind", self.kind)):
            field = BY_KEY[key]
            box = self.add_box(key, field.label, editor, field.explained, field.required)
            self.line.addWidget(box, 1)
        self._pin = PinButton(pins, "pledgee", tr("质权人"))
        self.boxes["pledgee"].head.addWidget(self._pin)
        self.boxes["pledgee_kind"].line.addWidget(self.remover)
        self.line.addWidget(QWidget(), 1)
        self.name.picked.connect(self._on_picked)
        self.name.editingFinished.connect(self._on_left)
        self.name.textChanged.connect(self._on_name_changed)
        self.kind.currentIndexChanged.connect(self._on_left)

    @override
    def number(self, row: int, count: int) -> None:
        super().number(row, count)
        self._pin.setVisible(row == 0)

    def _on_picked(self, match: PledgeeMatch) -> None:
        self.kind.set_value(match.kind.label_zh if match.kind else "")

    def _on_name_changed(self) -> None:
        self.boxes["pledgee"].set_hint("")
        self.boxes["pledgee_kind"].set_hint("")

    def _on_left(self) -> None:
        name = self.name.text().strip()
        known = self._suggester.pledgee(name) if name else None
        kind: PledgeeKind | None = None if known is None else known.kind
        if kind is not None and not self.kind.value():
            self.kind.set_value(kind.label_zh)
        differs = kind is not None and self.kind.value() != kind.label_zh
        hint = (
            tr("质权人库里记为「{kind}」，以库为准", kind=kind.label)
            if kind is not None and differs
            else ""
        )
        self.boxes["pledgee_kind"].set_hint(hint)
        self.boxes["pledgee"].set_hint(tr("新质权人，保存后即可联想") if name and not known else "")


class PledgeeRows(PartyRows):
    """All pledgees."""

    def __init__(self, suggester: Suggester, pins: Pins) -> None:
        super().__init__(tr("质权人"), "pledgees")
        self._suggester = suggester
        self._pins = pins
        self.fill(())

    @override
    def make_row(self) -> PartyRow:
        return PledgeeRow(self._suggester, self._pins)


def choice(kinds: Iterable[Size | Industry | PledgeeKind | Channel]) -> ComboBox:
    """The words of a field to choose from, or none of them; the value is the Chinese one."""
    return ComboBox([(NO_CHOICE, ""), *((kind.label, kind.label_zh) for kind in kinds)])
