"""Tells what was saved, and what the year's count has become with it."""

from functools import partial

from PySide6.QtCore import QObject

from ipfinance.db.connection import Store
from ipfinance.db.totals import Group, totals
from ipfinance.domain.period import Period
from ipfinance.domain.pledge import Kind, Pledge
from ipfinance.language import sentences, tr
from ipfinance.progress import Progress
from ipfinance.ui.desk import Desk
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner, Link


class SavedNews(QObject):
    """Speaks through the page's banner; the count comes a moment later."""

    def __init__(self, desk: Desk, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._banner = banner
        self._text = ""
        self._links: tuple[Link, ...] = ()

    def tell(self, pledge: Pledge, warnings: int, link: Link) -> None:
        """Say that it was saved, how many fields have a warning, and what can be done now."""
        self._text = _saved(pledge, warnings)
        self._links = (link, ("undo", tr("撤销")))
        self._banner.say(Tone.OK, self._text, self._links)
        self._desk.work(
            partial(_count_year, pledge.kind, pledge.registered_on.year),
            self._on_counted,
            owner=self,
            replaces="count",
        )

    def _on_counted(self, count: str) -> None:
        # Only where it belongs: meanwhile the banner may say something else.
        if self._banner.text == self._text:
            self._banner.say(Tone.OK, sentences(self._text, count), self._links)


def _saved(pledge: Pledge, warnings: int) -> str:
    name = pledge.pledgors[0].name
    if not warnings:
        return (
            tr("已保存登记号 {reg_no}。", reg_no=pledge.reg_no)
            if pledge.reg_no
            else tr("已保存 {name} 的登记。", name=name)
        )
    return (
        tr(
            "已保存登记号 {reg_no}，其中 {warnings} 处有提醒。",
            reg_no=pledge.reg_no,
            warnings=warnings,
        )
        if pledge.reg_no
        else tr("已保存 {name} 的登记，其中 {warnings} 处有提醒。", name=name, warnings=warnings)
    )


def _count_year(kind: Kind, year: int, store: Store, _: Progress) -> str:
    """How many registrations of the kind the year has now, in words."""
    period = Period.year(year)
    counted = totals(store, Group.NONE, period.start, period.end, (kind,), 0)
    count = counted[""].registrations if "" in counted else 0
    return tr("全省 {year} 年{kind}登记 {count:,} 件。", year=year, kind=kind.label, count=count)
