"""One event of pasted notices in words: what happens, why, and each field with its place."""

from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QWidget

from ipfinance.intake.notices.outcomes import Outcome, Planned
from ipfinance.language import listed, tr
from ipfinance.ui.dialogs.import_details import RichText, plain, soft
from ipfinance.ui.models.notice_model import OUTCOME_TONES
from ipfinance.ui.theme import HINT, TABLE, colour


class NoticeDetails(RichText):
    """Fields are links: a click shows the words that they were read from."""

    field_asked = Signal(int, int)  # start and end in the pasted text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice_details")
        self.setAccessibleName(tr("这一项的内容"))
        self._item: Planned | None = None
        self.anchorClicked.connect(self._on_link)
        self.redress_asked.connect(self._fill)

    def show_item(self, item: Planned | None) -> None:
        """Show another event, or nothing."""
        self._item = item
        self._fill()

    def _fill(self) -> None:
        self.setHtml(details(self._item) if self._item else "")
        self.verticalScrollBar().setValue(0)

    def _on_link(self, url: QUrl) -> None:
        start, _, end = url.path().partition("-")
        self.field_asked.emit(int(start), int(end))


def details(item: Planned) -> str:
    """The whole in rich text, in the colours worn now."""
    tone = OUTCOME_TONES[item.outcome]
    ink = colour(tone.text).name()
    head = f"<b>{escape(item.outcome.label)}</b>　{escape(item.does)}"
    parts = [f'<div style="color:{ink}">{head}</div>']
    parts += [
        f'<div style="margin-top:3px; font-size:{HINT}px">{soft("· " + reason)}</div>'
        for reason in item.reasons
    ]
    if item.reg_nos and (item.outcome is Outcome.WARNING or not item.event.code.is_pledge):
        concerned = plain(listed(item.reg_nos))
        parts.append("<div>" + soft(tr("有关登记：")) + concerned + "</div>")
    parts.append(_fields(item) if item.event.notices else _kept(item))
    return "".join(parts)


def _fields(item: Planned) -> str:
    link = colour("accent_text").name()
    rows = []
    for notice in item.event.notices:
        for field in notice.fields:
            words = (
                f'<a href="place:{field.start}-{field.end}" style="color:{link};'
                f' text-decoration:none">{escape(field.text)}</a>'
                if field.text
                else soft(tr("（空）"))
            )
            rows.append(f'<tr><td width="26%">{soft(field.label)}</td><td>{words}</td></tr>')
    return _table(rows)


def _kept(item: Planned) -> str:
    """What the work list knows of an event: there is no text to point into."""
    event = item.event
    shown = [
        (tr("出质人"), "；".join(event.pledgors)),
        (tr("质权人"), "；".join(event.pledgees)),
        (tr("专利号"), "；".join(right.number for right in event.rights)),
        *((tr("变更{item}", item=c.item), f"{c.before} → {c.after}") for c in event.changes),
        (tr("公告原文"), event.text),
    ]
    return _table(
        [
            f'<tr><td width="26%">{soft(name)}</td><td>{plain(words)}</td></tr>'
            for name, words in shown
            if words
        ]
    )


def _table(rows: list[str]) -> str:
    return (
        f'<table width="100%" cellspacing="0" cellpadding="3" style="font-size:{TABLE}px;'
        f' margin-top:8px">{"".join(rows)}</table>'
    )
