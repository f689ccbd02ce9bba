"""The ledger's counts, kept filters, paper, and a list, sum and file that agree."""

import json
import re
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction, QPagedPaintDevice
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QTreeWidgetItem
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from ipfinance.db.connection import Store
from ipfinance.db.counted_rows import Which
from ipfinance.db.facets import AMOUNT_MISSING, Facet
from ipfinance.db.ledger import Filter, LedgerRow
from ipfinance.db.saved_views import saved_views
from ipfinance.db.totals import Group
from ipfinance.domain.money import WAN, wan
from ipfinance.domain.pledge import Channel, Kind, Pledge, State
from ipfinance.progress import Progress
from ipfinance.ui import ledger_paper
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.view_name import ViewName, ViewNameDialog
from ipfinance.ui.ledger_print import LedgerPrint
from ipfinance.ui.models.ledger_view import PAGE, content_of, filter_of
from ipfinance.ui.pages.ledger import LedgerPage
from ipfinance.ui.pages.ledger_facets import LedgerFacets
from tests import make
from tests.ui.desks import AskedTalk, refreshed_by_changes

COUNT = 45


@pytest.fixture
def pledges(store: Store) -> list[Pledge]:
    ningbo = make.pledgor("示例乙化工有限公司", city=make.NINGBO, county=make.HAISHU)
    return make.stored(
        store,
        *(
            make.pledge(
                kind=Kind.TRADEMARK if number % 3 == 0 else Kind.PATENT,
                registered_on=date(2018 + number % 2, 1 + number % 12, 7),
                pledgors=(ningbo,) if number % 5 == 0 else (make.pledgor(),),
                secured_amount_fen=None if number % 7 == 0 else number * WAN,
                channel=Channel.ONLINE if number % 2 else Channel.WINDOW,
            )
            for number in range(1, COUNT + 1)
        ),
    )


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, pledges: list[Pledge]) -> LedgerPage:
    made = LedgerPage(desk)
    qtbot.addWidget(made)
    refreshed_by_changes(desk, made)
    made.resize(1180, 740)
    made.show()
    made.refresh()
    return made


def counted(qtbot: QtBot, page: LedgerPage) -> LedgerFacets:
    """The panel, once it has counted what is listed."""
    panel = page.findChild(LedgerFacets)
    assert panel is not None
    qtbot.waitUntil(lambda: not panel._pause.isActive())
    assert page._desk.jobs.wait_idle()
    return panel


def opened(qtbot: QtBot, page: LedgerPage) -> LedgerFacets:
    toggle = page.findChild(QPushButton, "ledger_facets")
    assert toggle is not None
    QTest.mouseClick(toggle, Qt.MouseButton.LeftButton)
    return counted(qtbot, page)


def lines(panel: LedgerFacets) -> dict[str, QTreeWidgetItem]:
    found = {}
    for at in range(panel.topLevelItemCount()):
        head = panel.topLevelItem(at)
        assert head is not None
        for place in range(head.childCount()):
            line = head.child(place)
            assert line is not None
            found[line.text(0).strip()] = line
    return found


def footer(page: LedgerPage) -> str:
    labels = page.card.footer.findChildren(QLabel)
    return " ".join(one.text() for one in labels if not one.isHidden())


def trigger(page: LedgerPage, name: str) -> None:
    action = page.findChild(QAction, name)
    assert action is not None
    action.trigger()


# -- counts --------------------------------------------------------------------------------


def test_that_a_click_on_a_count_lists_as_many(
    qtbot: QtBot, page: LedgerPage, pledges: list[Pledge]
) -> None:
    panel = opened(qtbot, page)
    line = lines(panel)["宁波市"]
    promised = int(line.text(1))
    assert promised == sum(pledge.city == make.NINGBO for pledge in pledges)
    place = panel.visualItemRect(line).center()
    QTest.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.card.model.rowCount() == promised
    assert page.bar.city.value() == make.NINGBO
    panel = counted(qtbot, page)
    line = lines(panel)["宁波市"]
    assert line.isSelected()
    assert int(lines(panel)["专利"].text(1)) == sum(
        pledge.city == make.NINGBO and pledge.kind is Kind.PATENT for pledge in pledges
    )
    panel.setCurrentItem(line)
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert page.bar.filter() == Filter()
    assert page.card.model.rowCount() == COUNT


@pytest.mark.parametrize(
    ("facet", "value", "wanted"),
    [
        (Facet.KIND, "trademark", Filter(kinds=(Kind.TRADEMARK,))),
        (Facet.YEAR, "2019", Filter(start=date(2019, 1, 1), end=date(2019, 12, 31))),
        (Facet.STATE, "overdue", Filter(state=State.OVERDUE)),
        (Facet.STATE, AMOUNT_MISSING, Filter(amount_missing=True)),
        (Facet.PLEDGEE_KIND, "bank", Filter(pledgee_kind="bank")),
        (Facet.CHANNEL, "online", Filter(channel=Channel.ONLINE)),
    ],
)
def test_that_every_facet_narrows_and_is_given_up(
    qtbot: QtBot, page: LedgerPage, facet: Facet, value: str, wanted: Filter
) -> None:
    panel = opened(qtbot, page)
    promised = panel.counts[facet].get(value, 0)
    panel.choose(facet, value)
    assert page.bar.filter() == wanted
    assert page.card.model.rowCount() == promised
    counted(qtbot, page).choose(facet, value)
    assert page.bar.filter() == Filter()


def test_that_the_panel_is_remembered(qtbot: QtBot, page: LedgerPage, desk: Desk) -> None:
    opened(qtbot, page)
    assert str(QSettings().value("ledger/facets")) == "true"
    again = LedgerPage(desk)
    qtbot.addWidget(again)
    assert again.findChild(LedgerFacets) is not None


# -- kept filters --------------------------------------------------------------------------


@pytest.mark.parametrize("with_period", [True, False])
def test_that_a_filter_is_kept_and_opened_by_name(
    page: LedgerPage, desk: Desk, monkeypatch: pytest.MonkeyPatch, with_period: bool
) -> None:
    wanted = Filter(
        text="示例",
        kinds=(Kind.PATENT,),
        city=make.NINGBO,
        start=date(2019, 1, 1),
        end=date(2019, 12, 31),
        channel=Channel.ONLINE,
    )
    page.show_filter(wanted)
    monkeypatch.setattr(ViewNameDialog, "ask", lambda *_: ViewName("宁波", with_period))
    button = page.findChild(QPushButton, "views")
    assert button is not None
    menu = button.menu()
    menu.aboutToShow.emit()
    trigger(page, "keep_view")
    assert desk.jobs.wait_idle()
    assert [view.name for view in saved_views(desk.store, PAGE)] == ["宁波"]
    assert page.banner.text == "已保存视图「宁波」。"
    page.bar.clear()
    menu.aboutToShow.emit()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    expected = wanted if with_period else replace(wanted, start=None, end=None)
    assert page.bar.filter() == expected


def test_that_every_part_of_a_filter_is_kept() -> None:
    wanted = Filter(
        text="文", kinds=(Kind.PATENT, Kind.DATA), city="330100", county="330108",
        state=State.OVERDUE, start=date(2019, 1, 1), end=date(2019, 6, 30), enterprise=3,
        pledgee=4, batch=5, counted_only=True, pledgor_city="330200", pledgor_county="330203",
        with_enterprise=True, at_most_fen=1000, amount_missing=True, deleted=True,
        which=Which.OVERDUE, first_day=date(2019, 2, 1), last_day=date(2019, 3, 1),
        having=("loan_amount_fen",), counties=("330108",), channel=Channel.WINDOW, size="small",
        industry="C35", first_time_since=date(2018, 1, 1), pledgee_kind="bank",
        head_bank="示例", from_bank=True, right_kinds=("invention",),
        any_of=(Group.CITY, ("330100", "330200")),
    )  # fmt: skip
    none = Filter()
    assert all(getattr(wanted, field.name) != getattr(none, field.name) for field in fields(Filter))
    content = json.loads(json.dumps(content_of(wanted)))
    assert filter_of(content, Filter()) == wanted


def test_that_what_is_unknown_in_a_kept_filter_is_left_out() -> None:
    content = {"state": "gone", "kinds": ["paper"], "city": "330100", "period": ["2019-13-01", 7]}
    assert filter_of(content, Filter()) == Filter(city="330100")


# -- paper ---------------------------------------------------------------------------------


Drawn = list[tuple[ledger_paper.Sheet, list[LedgerRow]]]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """What was drawn, which a PDF only holds as shapes of letters; it is drawn all the same."""
    kept: Drawn = []
    draw = ledger_paper.draw

    def keeping(
        device: QPagedPaintDevice,
        sheet: ledger_paper.Sheet,
        rows: Iterable[LedgerRow],
        count: int,
        progress: Progress,
    ) -> int:
        kept.append((sheet, list(rows)))
        return draw(device, sheet, kept[-1][1], count, progress)

    monkeypatch.setattr(ledger_paper, "draw", keeping)
    return kept


def pdf_pages(path: Path) -> list[tuple[int, int]]:
    """Width and height of each page of a PDF, in points."""
    content = path.read_bytes()
    assert len(re.findall(rb"/Type /Page\b", content)) == len(re.findall(rb"/MediaBox", content))
    return [
        (round(float(width)), round(float(height)))
        for width, height in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    ]


def test_that_the_list_is_written_as_pdf(
    page: LedgerPage,
    desk: Desk,
    talk: AskedTalk,
    tmp_path: Path,
    pledges: list[Pledge],
    drawn: Drawn,
) -> None:
    talk.target = target = tmp_path / "台账.pdf"
    page.show_filter(Filter(text="示例", kinds=(Kind.PATENT,), channel=Channel.ONLINE))
    listed = [
        pledge
        for pledge in pledges
        if pledge.kind is Kind.PATENT and pledge.channel is Channel.ONLINE
    ]
    trigger(page, "print_pdf")
    assert desk.jobs.wait_idle()
    assert page.banner.text == f"已生成 PDF，共 1 页：{target}。"
    assert pdf_pages(target) == [(842, 595)]  # A4 across
    [(sheet, rows)] = drawn
    assert sorted(row.id for row in rows) == sorted(pledge.id or 0 for pledge in listed)
    assert [row.id for row in rows] == list(page.card.model.ids)
    assert sheet.words == "全部日期 · 浙江省 · 专利 · 含「示例」 · 线上办理"
    amount = sum(pledge.secured_amount_fen or 0 for pledge in listed)
    missing = sum(pledge.secured_amount_fen is None for pledge in listed)
    assert sheet.total == (
        f"共 {len(listed)} 条，担保债权额 {wan(amount)} 万元，另有 {missing} 件金额待补"
    )
    page.show_filter(Filter())
    trigger(page, "print_pdf")
    assert desk.jobs.wait_idle()
    assert pdf_pages(target) == [(842, 595)] * ledger_paper.pages(COUNT)
    assert ledger_paper.pages(COUNT) == 3


def test_that_an_english_ledger_is_printed_in_chinese(
    in_english: None,
    page: LedgerPage,
    desk: Desk,
    talk: AskedTalk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    written: list[str] = []

    def noting(_paper: object, text: str, *_: object, **__: object) -> None:
        written.append(text)

    monkeypatch.setattr(ledger_paper._Paper, "_write", noting)
    talk.target = tmp_path / "台账.pdf"
    page.show_filter(Filter(kinds=(Kind.PATENT,)))
    trigger(page, "print_pdf")
    assert desk.jobs.wait_idle()
    shown = [page.card.model.column(at).title for at in page.card.table.shown_columns()]
    assert "Pledgor" in shown
    assert {"出质人", "质权人", "登记日", "全部日期 · 浙江省 · 专利"} <= set(written)
    assert not set(shown) & set(written)


def test_that_an_empty_list_is_one_page_and_a_stop_leaves_no_file(
    page: LedgerPage, desk: Desk, talk: AskedTalk, tmp_path: Path
) -> None:
    talk.target = target = tmp_path / "空.pdf"
    page.show_filter(Filter(text="没有这个"))
    trigger(page, "print_pdf")
    assert desk.jobs.wait_idle()
    assert len(pdf_pages(target)) == 1
    talk.target = tmp_path / "停.pdf"
    page.show_filter(Filter())
    trigger(page, "print_pdf")
    for job in desk.jobs.running:
        job.cancel()
    assert desk.jobs.wait_idle()
    assert [one.name for one in tmp_path.iterdir() if one.suffix in (".pdf", ".part")] == ["空.pdf"]


def test_that_the_printer_gets_the_columns_shown(
    page: LedgerPage,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    drawn: Drawn,
) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    ledger_paper.set_paper(printer)
    monkeypatch.setattr(LedgerPrint, "_chosen_printer", lambda _: printer)
    table = page.card.table
    table.columns.set_shown(page.card.model.column_of("pledgee"), shown=False)
    table.header.moveSection(0, 1)
    trigger(page, "print_out")
    assert desk.jobs.wait_idle()
    assert page.banner.text == f"已送往打印机，共 {ledger_paper.pages(COUNT)} 页。"
    assert len(pdf_pages(tmp_path / "打印.pdf")) == ledger_paper.pages(COUNT)
    keys = [column.key for column in drawn[0][0].columns]
    assert keys[:3] == ["kind", "reg_no", "pledgor"]
    assert "pledgee" not in keys
    assert "county" not in keys


def test_that_many_pages_are_not_printed_unasked(
    page: LedgerPage, desk: Desk, talk: AskedTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.answer = False
    monkeypatch.setattr(ledger_paper, "pages", lambda *_: 101)
    trigger(page, "print_out")
    assert talk.said == ["打印 101 页？"]
    assert not desk.jobs.busy


# -- the errand ----------------------------------------------------------------------------


def test_that_list_sum_and_file_agree(
    qtbot: QtBot,
    page: LedgerPage,
    desk: Desk,
    talk: AskedTalk,
    tmp_path: Path,
    pledges: list[Pledge],
) -> None:
    panel = opened(qtbot, page)
    panel.choose(Facet.YEAR, "2019")
    counted(qtbot, page).choose(Facet.CHANNEL, "online")
    QTest.keyClicks(page.bar.search, "sljjmjx")  # 示例甲精密机械 by its initials
    QTest.keyClick(page.bar.search, Qt.Key.Key_Return)
    expected = [
        pledge
        for pledge in pledges
        if pledge.registered_on.year == 2019
        and pledge.channel is Channel.ONLINE
        and pledge.city == make.HANGZHOU
    ]
    amount = sum(pledge.secured_amount_fen or 0 for pledge in expected)
    missing = sum(pledge.secured_amount_fen is None for pledge in expected)
    assert expected
    assert missing
    assert sorted(page.card.model.ids) == sorted(pledge.id or 0 for pledge in expected)
    said = footer(page)
    assert f"共 {len(expected)} 条" in said
    assert f"合计 {wan(amount)} 万元 另有 {missing} 件金额待补" in said
    page.card.table.selectAll()
    assert f"已选 {len(expected)} 条，担保债权额 {wan(amount)} 万元" in footer(page)
    talk.target = target = tmp_path / "台账.xlsx"
    export = page.findChild(QPushButton, "ledger_export")
    assert export is not None
    QTest.mouseClick(export, Qt.MouseButton.LeftButton)
    assert desk.jobs.wait_idle()
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    head = next(at for at, row in enumerate(rows) if any("担保债权" in str(cell) for cell in row))
    column = next(at for at, cell in enumerate(rows[head]) if "担保债权" in str(cell))
    written = [str(row[column]) for row in rows[head + 1 :]]
    assert len(written) == len(expected)
    assert sum(round(float(cell) * WAN) for cell in written if re.match(r"\d", cell)) == amount
