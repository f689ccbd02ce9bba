"""The page of outside figures: filtered, added, corrected, deleted, undone, imported."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.references import all_figures
from ipfinance.domain.reference import ReferenceFigure
from ipfinance.paths import resource
from ipfinance.statistics.outside_figures import RANK_OF_NATION, words_of
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.reference import ReferenceDialog
from ipfinance.ui.models.reference_model import ReferenceModel
from ipfinance.ui.pages.references import ReferencesPage
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.field import FieldBox
from tests.ui.clicking import click
from tests.ui.desks import AskedTalk
from tests.ui.figures_data import child

FIGURE = ReferenceFigure(
    region="320000",
    region_name="江苏省",
    start=date(2019, 1, 1),
    end=date(2019, 12, 31),
    kind="patent",
    indicator="registrations",
    value=Decimal("1234"),
    unit="件",
    source="江苏省知识产权局年报",
    growth_percent=Decimal("12.5"),
    page="7",
)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ReferencesPage:
    made = ReferencesPage(desk)
    qtbot.addWidget(made)
    made.resize(1180, 740)
    desk.changes.written.connect(made.refresh)
    made.show()
    made.refresh()
    return made


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> ReferenceDialog:
    made = ReferenceDialog(None, desk.divisions)
    qtbot.addWidget(made)
    made.open()
    return made


def choose(widget: ReferencesPage | ReferenceDialog, name: str, value: str) -> None:
    combo = child(widget, name)
    assert isinstance(combo, ComboBox)
    assert combo.set_value(value), [combo.itemData(at) for at in range(combo.count())]
    combo.activated.emit(combo.currentIndex())


def write(dialog: ReferenceDialog, name: str, text: str) -> None:
    line = child(dialog, name)
    assert isinstance(line, QLineEdit)
    line.clear()
    line.insert(text)
    line.textEdited.emit(text)


def fault(dialog: ReferenceDialog, name: str) -> str:
    box = child(dialog, f"field_{name}")
    assert isinstance(box, FieldBox)
    return box.fault


def count(page: ReferencesPage) -> str:
    return next(
        one.text() for one in page.card.footer.findChildren(QLabel) if one.text().startswith("共")
    )


def answering(monkeypatch: pytest.MonkeyPatch, figure: ReferenceFigure | None) -> None:
    """What the dialog gives."""
    monkeypatch.setattr(ReferenceDialog, "edit", lambda *_: figure)


# -- the page ------------------------------------------------------------------------------


def test_that_the_shipped_figures_stand_there_and_can_be_filtered(page: ReferencesPage) -> None:
    shipped = resource("reference_figures.csv").read_text(encoding="utf-8-sig").splitlines()
    assert page.model.rowCount() == len(shipped) - 1
    choose(page, "filter_region", "330000")
    assert {one.region for one in page.model.rows} == {"330000"}
    choose(page, "filter_indicator", "credit_amount")
    assert {one.indicator for one in page.model.rows} == {"credit_amount"}
    assert count(page).endswith(f"（全部 {len(shipped) - 1} 条）")
    page.search.setText("没有这个词")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert page.model.rowCount() == 0
    click(page, "reset")
    assert page.model.rowCount() == len(shipped) - 1


def test_that_a_figure_is_added_and_told_once(
    page: ReferencesPage, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, FIGURE)
    before = page.model.rowCount()
    click(page, "add")
    assert page.model.rowCount() == before + 1
    assert "江苏省" in page.banner.text
    click(page, "add")
    assert page.model.rowCount() == before + 1
    assert "完全相同" in page.banner.text


def test_that_a_figure_is_corrected(
    page: ReferencesPage, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.table.selectRow(2)
    (before,) = page._chosen()
    answering(monkeypatch, replace(before, value=Decimal("9.9")))
    click(page, "correct")
    assert [one.value for one in all_figures(store) if one.id == before.id] == [Decimal("9.9")]
    assert [one.id for one in page._chosen()] == [before.id]  # the choice stays
    history.undo(store)
    assert [one for one in all_figures(store) if one.id == before.id] == [before]


def test_that_deleting_several_is_one_act_that_is_undone(
    page: ReferencesPage, store: Store
) -> None:
    before = all_figures(store)
    page.table.selectRow(0)
    page.table.selectionModel().select(
        page.model.index(3, 0),
        page.table.selectionModel().SelectionFlag.Select
        | page.table.selectionModel().SelectionFlag.Rows,
    )
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert len(all_figures(store)) == len(before) - 2
    spy = QSignalSpy(page.undo_asked)
    page.banner.linkActivated.emit("undo")
    assert spy.count() == 1
    history.undo(store)
    assert all_figures(store) == before


def test_that_an_import_keeps_what_it_can_and_names_the_rest(
    page: ReferencesPage,
    desk: Desk,
    store: Store,
    talk: AskedTalk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    head = resource("reference_figures.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    file = tmp_path / "外部.csv"
    good = "320000,江苏省,2019-01-01,2019-12-31,patent,registrations,1234,件,,,年报,"
    lines = (
        head,
        good,
        good.replace("320000", "990000"),
        good.replace("2019-12-31", "2019年"),
        good.replace(",件,", ",斤,"),
    )
    file.write_bytes("\n".join(lines).encode("gb18030"))
    monkeypatch.setattr(talk, "open_files", lambda *_, **__: [file])
    told: list[str] = []
    monkeypatch.setattr(talk, "warn", lambda _title, text="": told.append(text))
    before = page.model.rowCount()
    click(page, "import")
    assert desk.jobs.wait_idle()
    assert page.model.rowCount() == before + 1
    assert [line.partition("：")[0] for line in told[0].splitlines()] == [
        "第 3 行",
        "第 4 行",
        "第 5 行",
    ]
    assert "没有保存 3 条" in page.banner.text
    click(page, "import")
    assert desk.jobs.wait_idle()
    assert "已有 1 条" in page.banner.text


def test_that_an_unreadable_file_is_told(
    page: ReferencesPage,
    desk: Desk,
    talk: AskedTalk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(talk, "open_files", lambda *_, **__: [tmp_path / "没有.csv"])
    click(page, "import")
    assert desk.jobs.wait_idle()
    assert "无法读取" in talk.said[-1]


def test_that_nothing_is_deleted_before_it_is_said_how_many(
    page: ReferencesPage, talk: AskedTalk
) -> None:
    before = page.model.rowCount()
    talk.answer = False
    page.table.selectAll()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert talk.said[-1] == f"删除选中的 {before} 条外部数据？"
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert "删除外部数据「" in talk.said[-1]
    assert page.model.rowCount() == before


def test_that_place_and_choice_stay_after_a_correction(
    page: ReferencesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.table.selectRow(page.model.rowCount() - 1)
    figure = page.model.rows[-1]
    answering(monkeypatch, replace(figure, note="核对过"))
    top = page.table.verticalScrollBar().value()
    page.correct_current()
    [chosen] = page.table.chosen()
    assert isinstance(chosen, ReferenceFigure)
    assert (chosen.id, chosen.note) == (figure.id, "核对过")
    assert page.table.verticalScrollBar().value() == top


def test_that_no_figure_at_all_says_what_to_do(page: ReferencesPage) -> None:
    page.table.selectAll()
    click(page, "delete")
    assert page.model.rowCount() == 0
    assert not page.table.isVisible()
    assert not child(page, "correct").isEnabled()


def test_that_the_model_is_sound(qtmodeltester: ModelTester, store: Store) -> None:
    model = ReferenceModel()
    model.set_rows(all_figures(store))
    qtmodeltester.check(model)
    qtmodeltester.check(model, force_py=True)
    for column in range(model.columnCount()):
        model.sort(column)
    assert words_of("registrations" + RANK_OF_NATION) == "登记件数 全国位次"


# -- the dialog ----------------------------------------------------------------------------


def test_that_all_faults_stand_beside_their_fields_at_once(dialog: ReferenceDialog) -> None:
    choose(dialog, "region", "")
    write(dialog, "period", "去年")
    write(dialog, "value", "很多")
    write(dialog, "growth_percent", "高")
    click(dialog, "save")
    assert dialog.isVisible()
    assert "去年" in fault(dialog, "period")
    assert "应为不小于 0 的数字" in fault(dialog, "value")
    assert "不是数字" in fault(dialog, "growth_percent")
    assert fault(dialog, "source")
    assert "6 位" in fault(dialog, "region_code")
    write(dialog, "region_code", "320000")
    click(dialog, "save")
    assert fault(dialog, "region_code") == ""
    assert fault(dialog, "region_name") == "请填写地区名称"


def test_that_what_is_typed_is_the_figure(dialog: ReferenceDialog) -> None:
    choose(dialog, "region", "")
    for name, text in (
        ("region_code", "320000"),
        ("region_name", "江苏省"),
        ("period", "2019"),
        ("value", "1,234"),
        ("growth_percent", "12.5%"),
        ("source", "江苏省知识产权局年报"),
        ("page", "7"),
    ):
        write(dialog, name, text)
    choose(dialog, "unit", "件")
    click(dialog, "save")
    assert dialog.figure == FIGURE


def test_that_units_follow_the_indicator(dialog: ReferenceDialog) -> None:
    unit = child(dialog, "unit")
    assert isinstance(unit, ComboBox)
    choose(dialog, "ending", RANK_OF_NATION)
    assert [unit.itemText(at) for at in range(unit.count())] == ["位"]
    choose(dialog, "ending", "")
    choose(dialog, "indicator", "secured_amount")
    assert unit.value() == "亿元"


def test_that_correcting_changes_only_what_was_typed(
    qtbot: QtBot, desk: Desk, store: Store
) -> None:
    for figure in (*all_figures(store), replace(FIGURE, id=99)):
        dialog = ReferenceDialog(figure, desk.divisions)
        qtbot.addWidget(dialog)
        dialog.open()
        click(dialog, "save")
        assert dialog.figure == figure
        dialog.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert not shiboken6.isValid(dialog)


def test_that_turning_away_changes_nothing(dialog: ReferenceDialog) -> None:
    click(dialog, "cancel")
    assert dialog.figure is None


def test_that_the_page_is_freed(desk: Desk) -> None:
    page = ReferencesPage(desk)
    page.refresh()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not shiboken6.isValid(page)
