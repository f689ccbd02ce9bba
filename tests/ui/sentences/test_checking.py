"""A text of others is checked on the page of sentences."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester

from ipfinance.domain.period import Period
from ipfinance.statistics.checking.figures import Checked, Form, Verdict
from ipfinance.ui.models.statement_model import StatementModel
from ipfinance.ui.pages.sentences import SentencesPage
from tests.ui.clicking import click
from tests.ui.desks import AskedTalk
from tests.ui.figures_data import child
from tests.ui.sentences.hands import said


def checked(page: SentencesPage, text: str) -> dict[str, Verdict]:
    page.tabs.setCurrentWidget(page.checking)
    page.checking.edit.setPlainText(text)
    click(page, "check")
    assert page.desk.jobs.wait_idle()
    return {one.text: one.verdict for one in page.checking.model.rows}


def test_that_each_number_of_a_text_is_judged_and_marked(page: SentencesPage) -> None:
    right = "".join(one.text for one in said(page)).replace("另有2件金额待补，", "")
    verdicts = checked(page, right)
    assert verdicts
    assert Verdict.WRONG not in verdicts.values()
    wrong = right.replace("登记企业3家", "登记企业8家")
    assert wrong != right
    assert checked(page, wrong)["8家"] is Verdict.WRONG
    marks = page.checking.edit.extraSelections()
    assert len(marks) == len(page.checking.model.rows)
    page.checking.table.selectRow(0)
    page.checking.edit.insertPlainText("改")
    assert page.checking.edit.extraSelections() == []
    assert page.checking.model.rows == ()


def test_that_a_table_of_a_workbook_is_cross_footed(
    page: SentencesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    amounts = (24998, 2000, 1900, 1500, 1200, 1000, 900, 800, 600, 439)
    book = Workbook()
    book.worksheets[0].append(["序号", "银行", "金额（万元）"])
    for number, amount in enumerate(amounts, 1):
        book.worksheets[0].append([number, f"示例银行第{number}支行", amount])
    book.worksheets[0].append(["合计", None, 12837])
    path = tmp_path / "前十.xlsx"
    book.save(path)
    page.tabs.setCurrentWidget(page.checking)
    monkeypatch.setattr(page.desk.talk, "open_files", lambda *_, **__: [path])
    click(page, "open_statement")
    assert page.desk.jobs.wait_idle()
    wrong = [one for one in page.checking.model.rows if one.verdict is Verdict.WRONG]
    assert [one.text for one in wrong] == ["24998"]
    assert "2498" in wrong[0].reason


def test_that_a_file_that_is_no_statement_leaves_the_text_alone(
    page: SentencesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.tabs.setCurrentWidget(page.checking)
    page.checking.edit.setPlainText("2019年登记企业3家。")
    talk = page.desk.talk
    assert isinstance(talk, AskedTalk)
    for chosen in ([], [tmp_path / "无.txt"]):
        monkeypatch.setattr(talk, "open_files", lambda *_, files=chosen, **__: files)
        click(page, "open_statement")
        assert page.desk.jobs.wait_idle()
    assert page.checking.edit.toPlainText() == "2019年登记企业3家。"
    assert len(talk.said) == 1
    assert "没有这个文件" in talk.said[0]


def test_that_a_text_without_figures_says_so_and_can_be_cleared(page: SentencesPage) -> None:
    assert checked(page, "今天天气很好") == {}
    click(page, "clear")
    assert not page.checking.has_text
    assert not child(page, "check").isEnabled()


def test_that_the_model_of_verdicts_is_sound(qtmodeltester: ModelTester) -> None:
    model = StatementModel()
    model.set_rows(
        Checked(str(at), at, at + 1, Form.COUNT, verdict, None, "因为")
        for at, verdict in enumerate(Verdict)
    )
    qtmodeltester.check(model)
    qtmodeltester.check(model, force_py=True)
    model.sort(1)
    assert [one.verdict for one in model.rows] == [Verdict.WRONG, Verdict.OPEN, Verdict.RIGHT]


def test_that_another_period_or_area_is_checked_by_at_once(page: SentencesPage) -> None:
    tab = page.checking
    tab.picker.set_period(Period.year(2019))
    checked(page, "专利权质押登记5件。")

    def reasons() -> list[str]:
        assert page.desk.jobs.wait_idle()
        return [one.reason for one in tab.model.rows]

    assert reasons() == ["浙江省2019年专利登记件数应为7件"]
    field = tab.picker.focusProxy()
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert reasons() == ["浙江省2018年专利登记件数应为2件"]
    tab.check()
    QTest.keyClick(field, Qt.Key.Key_Up)  # before the answer for 2018 is there
    assert reasons() == ["浙江省2019年专利登记件数应为7件"]
    QTest.keyClick(tab.area, Qt.Key.Key_Down)
    assert [one.split("2019年")[0] for one in reasons()] == ["杭州市"]
    tab.edit.insertPlainText("又")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert not reasons()  # what was not asked about is not checked
