"""The import's window when the columns of a file are not known: a clerk names them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipfinance.intake.found_tables import NoLedger
from ipfinance.language import tr
from ipfinance.ui.dialogs.import_columns import ColumnsChooser
from ipfinance.ui.icons import IconRole
from ipfinance.ui.models.import_columns import tables_unread
from ipfinance.ui.widgets.card import Card
from ipfinance.ui.widgets.label import Picture, hairline, label

_WIDEST = 860


class NamingStep(QWidget):
    """What is lacking at the top, and beneath it every column with what it may be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("naming_step")
        self._title = label("", "cardtitle")
        self._hint = label(
            tr(
                "请指定哪一列是出质人、哪一列是登记日期，再按「按所选重新读取」；其余的列能认出的会自动认出。"
            ),
            "soft",
        )
        for words in (self._title, self._hint):
            words.setWordWrap(True)
        self.columns = ColumnsChooser()
        said = QVBoxLayout()
        said.setSpacing(4)
        said.addWidget(self._title)
        said.addWidget(self._hint)
        head = QHBoxLayout()
        head.setContentsMargins(16, 14, 16, 12)
        head.setSpacing(12)
        head.addWidget(Picture("error", IconRole.DANGER, 28), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(said, 1)
        card = Card(padded=False)
        card.setMaximumWidth(_WIDEST)
        card.body.addLayout(head)
        card.body.addWidget(hairline())
        card.body.addWidget(self.columns, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(card, 20)
        row.addStretch(1)

    def show_error(self, error: NoLedger) -> None:
        """Say what is lacking, and show the tables whose columns may be named."""
        self._title.setText(error.text)
        self.setAccessibleName(error.text)
        self.columns.show_tables(tables_unread(error.tables))
