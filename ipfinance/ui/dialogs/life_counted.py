"""What a registration counts in, as a card of its life: each figure opens what is behind it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter
from ipfinance.domain.money import grouped_wan
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind
from ipfinance.language import facts, listed, tr
from ipfinance.statistics.counted_in import CountedIn, Place, Share, behind_share
from ipfinance.statistics.indicators import Form
from ipfinance.statistics.presenting import measure_name
from ipfinance.statistics.tables import KindChoice
from ipfinance.ui.dialogs.life_cards import grid_of
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.label import hairline, label
from ipfinance.ui.widgets.link_row import LinkRow

_FLOW, _STOCK = "flow", "stock"


class CountedCard(Card):
    """A line for each figure, of a period and an area among those that it counts in."""

    opened = Signal(object, bool)  # Share, whether it is of what stands today

    def __init__(self, counted: CountedIn, today: date) -> None:
        super().__init__(tr("计入的统计"))
        self._counted = counted
        self._today = today
        self._period = ComboBox(
            ((one.label, one.text) for one in counted.periods), name=tr("计入的期间")
        )
        self._period.setObjectName("counted_period")
        self._area = ComboBox((), name=tr("计入的地区"))
        self._area.setObjectName("counted_area")
        if counted.reason:
            words = label(counted.reason)
            words.setWordWrap(True)
            self.body.addWidget(words)
            return
        places = counted.flow[0].places
        self._area.set_entries((place.name, level) for level, place in enumerate(places))
        self._area.set_value(len(places) - 1)
        areas = tr("{areas}（第一出质人所在地）", areas=listed(place.name for place in places))
        periods = listed(one.label for one in counted.periods)
        self.body.addWidget(grid_of(((tr("期间"), periods), (tr("地区"), areas))))
        chosen = QHBoxLayout()
        chosen.setSpacing(8)
        chosen.addWidget(label(tr("点一行，打开背后的登记："), "hint"))
        chosen.addWidget(self._period, 3)
        chosen.addWidget(self._area, 2)
        self.body.addLayout(chosen)
        self.body.addLayout(self._lines(_FLOW, counted.flow, places))
        self.body.addWidget(hairline())
        self.body.addWidget(label(tr("截至今天（{today}）", today=today), "soft"))
        self.body.addLayout(self._lines(_STOCK, counted.stock, places))

    def behind(self, store: Store, kind: Kind, share: Share, of_today: bool) -> tuple[Filter, str]:
        """What selects the registrations of a figure, and the title over them."""
        period = Period.of(self._today, self._today) if of_today else self._chosen_period()
        level = int(str(self._area.value()))
        register = KindChoice(kind.value)
        gaps = {
            "area": "".join(place.name for place in share.area(level)),
            "register": register.label,
            "indicator": measure_name(share.indicator, register),
        }
        title = (
            tr("{area} 截至 {day} {register} {indicator}", day=self._today, **gaps)
            if of_today
            else tr("{area} {period} {register} {indicator}", period=period.label, **gaps)
        )
        return behind_share(store, kind, share, period, level), title

    def _chosen_period(self) -> Period:
        text = self._period.value()
        return next(one for one in self._counted.periods if one.text == text)

    def _lines(self, key: str, shares: Sequence[Share], own: Sequence[Place]) -> QVBoxLayout:
        """The area is said where it is not that of the registration."""
        lines = QVBoxLayout()
        lines.setSpacing(0)
        for number, share in enumerate(shares):
            is_elsewhere = share.value and share.places != tuple(own)
            where = listed(place.name for place in share.places) if is_elsewhere else ""
            line = LinkRow(
                f"{key}_{number}",
                share.indicator.name,
                _value(share),
                facts((share.reason, where)),
            )
            line.setToolTip(share.indicator.rule)
            line.set_clickable(bool(share.value))
            line.clicked.connect(self._on_clicked)
            lines.addWidget(line)
        return lines

    def _on_clicked(self) -> None:
        line = self.sender()
        assert isinstance(line, LinkRow)
        key, number = line.key.split("_")
        shares = self._counted.flow if key == _FLOW else self._counted.stock
        self.opened.emit(shares[int(number)], key == _STOCK)


def _value(share: Share) -> str:
    if not share.value:
        return tr("不计")
    if share.indicator.form is Form.MONEY:
        return tr("{amount} 万元", amount=grouped_wan(share.value))
    return f"{share.value:,} {share.indicator.unit}"
