"""A store whose figures are known, and what tests of figures ask of a page."""

from datetime import date

from PySide6.QtWidgets import QWidget

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter, select
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import Kind
from tests import make


def fill(store: Store) -> None:
    """Two years in four cities: shared firms, a person, a missing amount, both registers."""
    ningbo = make.pledgor("示例乙电子有限公司", city=make.NINGBO, county=make.HAISHU)
    huzhou = make.pledgor("示例丙材料有限公司", city=make.HUZHOU, county=make.DEQING)
    wenzhou = make.person("李某乙（自然人）", city=make.WENZHOU, county=None)
    make.stored(
        store,
        *(
            make.pledge(registered_on=date(2019, month, 5), secured_amount_fen=month * 333 * WAN)
            for month in (1, 3, 8)
        ),
        make.pledge(registered_on=date(2018, 3, 5), secured_amount_fen=1000 * WAN),
        make.pledge(pledgors=(ningbo, make.pledgor()), secured_amount_fen=2000 * WAN + 1),
        make.pledge(pledgors=(ningbo,), registered_on=date(2018, 7, 1)),
        make.pledge(pledgors=(huzhou,), secured_amount_fen=None),
        make.pledge(pledgors=(huzhou,), secured_amount_fen=88 * WAN),
        make.pledge(pledgors=(wenzhou,), secured_amount_fen=None),
        make.pledge(kind=Kind.TRADEMARK, pledgors=(ningbo,), secured_amount_fen=700 * WAN),
    )


def found(store: Store, wanted: Filter) -> tuple[int, int]:
    """How many registrations a filter selects, and their amount in 分."""
    listing = select(store, wanted, make.TODAY)
    return len(listing), listing.secured_amount_fen


def child(parent: QWidget, name: str) -> QWidget:
    """The widget of that objectName, which must be there."""
    one = parent.findChild(QWidget, name)
    assert isinstance(one, QWidget), name
    return one


class Heard:
    """Keeps what a signal said."""

    def __init__(self) -> None:
        self.said: list[tuple[object, ...]] = []

    def listen(self, *words: object) -> None:
        self.said.append(words)

    @property
    def last(self) -> tuple[object, ...]:
        return self.said[-1]
