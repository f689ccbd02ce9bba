"""What can be done with the parties chosen in a list: merge two, look into one, tell apart."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ipfinance.db import mergers, near_matches
from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter
from ipfinance.db.mergers import MergePreview
from ipfinance.db.party_names import Party
from ipfinance.errors import UserError
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import PLEDGES, Desk
from ipfinance.ui.dialogs.merge import MergeDialog
from ipfinance.ui.dialogs.party import PartyDialog
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner

_UNDO = (("undo", tr("撤销")),)


class PartyActs(QObject):
    """Opens the dialogs and says through the page's banner what was done."""

    registrations_asked = Signal(Filter, str)

    def __init__(self, desk: Desk, banner: Banner, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._banner = banner
        self._window = parent
        self._dialog: MergeDialog | None = None

    def merge(self, party: Party, one: int, other: int) -> None:
        """Ask how two are to be merged, and merge them."""
        try:
            dialog = MergeDialog(self._desk, party, one, other, self._window)
        except UserError as error:
            self._desk.talk.warn(error.text, error.hint)
            return
        dialog.registrations_asked.connect(self.registrations_asked)
        dialog.finished.connect(partial(self._on_merge_finished, party))
        self._dialog = dialog
        dialog.open()

    def look_into(self, party: Party, number: int) -> None:
        """Show what is known of one."""
        PartyDialog(self._desk, party, number, self._window).open()

    def tell_apart(self, party: Party, pairs: Sequence[near_matches.Pair]) -> None:
        """Remember that these are two each."""
        self._desk.work(
            partial(_told_apart, party, list(pairs)),
            partial(
                self._on_done, tr("已记住 {count:,} 对不是同一家，不再提示。", count=len(pairs))
            ),
            title=tr("正在保存"),
            owner=self,
        )

    def _on_merge_finished(self, party: Party, result: int) -> None:
        dialog, self._dialog = self._dialog, None
        assert dialog is not None
        preview, takes_code = dialog.preview, dialog.takes_code
        dialog.deleteLater()
        if result and preview is not None:
            words = tr(
                "已把「{gone}」并入「{kept}」。", gone=preview.gone.name, kept=preview.kept.name
            )
            self._desk.work(
                partial(_merged, party, preview, takes_code),
                partial(self._on_done, words),
                title=tr("正在合并"),
                owner=self,
            )

    def _on_done(self, words: str, _: object) -> None:
        self._desk.changes.tell(PLEDGES)
        self._banner.say(Tone.OK, words, _UNDO)


def _merged(
    party: Party, preview: MergePreview, takes_code: bool, store: Store, _: Progress
) -> int:
    return mergers.merge(store, party, preview.kept.id, preview.gone.id, takes_code=takes_code)


def _told_apart(party: Party, pairs: list[near_matches.Pair], store: Store, _: Progress) -> None:
    near_matches.tell_apart(store, party, pairs)
