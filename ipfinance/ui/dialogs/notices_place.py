"""The choice of where pledgors are whom the ledger does not know: notices do not say."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipfinance.domain.division import Divisions
from ipfinance.intake.notices.places import PlaceChoice
from ipfinance.language import tr
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.label import label

_WAIT, _FROM_NAMES = "", "from_names"


class PlacePicker(QWidget):
    """Left alone, such registrations wait in the work list; nothing is guessed."""

    changed = Signal()

    def __init__(self, divisions: Divisions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._divisions = divisions
        cities: list[tuple[str, object]] = [(city.name, city.code) for city in divisions.cities()]
        self.city = ComboBox(
            [(tr("先列入待办"), _WAIT), (tr("按企业名称推定"), _FROM_NAMES), *cities],
            name=tr("台账里没有的出质人的所在地"),
        )
        self.city.setObjectName("notice_city")
        self.city.setToolTip(
            tr("公告不载所在地。台账里有的企业按它最近的登记；没有的按这里的选择。")
        )
        self.county = ComboBox(name=tr("县（市、区）"))
        self.county.setObjectName("notice_county")
        self.county.hide()
        self.city.activated.connect(self._on_city)
        self.county.activated.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(tr("新出质人的所在地"), "label"))
        row.addWidget(self.city)
        row.addWidget(self.county)
        row.addStretch(1)

    def choice(self) -> PlaceChoice:
        """What is chosen now."""
        city = str(self.city.value() or "")
        if city in (_WAIT, _FROM_NAMES):
            return PlaceChoice(from_names=city == _FROM_NAMES)
        return PlaceChoice(city=city, county=str(self.county.value() or ""))

    def _on_city(self) -> None:
        city = str(self.city.value() or "")
        is_city = city not in (_WAIT, _FROM_NAMES)
        if is_city:
            # By name: which of a name's territories is meant depends on each notice's day.
            names = dict.fromkeys(row.name for row in self._divisions if row.parent == city)
            self.county.set_entries(
                [(tr("县（市、区）待补"), ""), *((name, name) for name in names)]
            )
            self.county.setCurrentIndex(0)
        self.county.setVisible(is_city)
        self.changed.emit()
