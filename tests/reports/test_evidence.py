"""The evidence workbook read back: each number with what it rests on, each list as it is."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ipfinance.db.connection import Store
from ipfinance.db.ledger import select
from ipfinance.db.references import all_figures
from ipfinance.domain.money import WAN
from ipfinance.domain.period import Period
from ipfinance.errors import Cancelled, UserError
from ipfinance.progress import Progress
from ipfinance.reports.evidence import HEADERS, Passage, write_evidence
from ipfinance.reports.grounds import Grounds, exact, registrations_behind
from ipfinance.reports.sentences import sentences
from ipfinance.reports.wording import Language
from ipfinance.statistics.claims import Comparison
from ipfinance.statistics.tables import KindChoice
from ipfinance.statistics.values import Values
from tests import make


@pytest.fixture
def passage(store: Store) -> Passage:
    make.stored(
        store,
        make.pledge(registered_on=date(2018, 5, 1), secured_amount_fen=1000 * WAN),
        make.pledge(registered_on=date(2019, 5, 1), secured_amount_fen=1680 * WAN),
        make.pledge(registered_on=date(2019, 6, 1), secured_amount_fen=None),
    )
    said = sentences(store, Period.year(2019), Language.CHINESE)
    return Passage("2019年全省报告语句", tuple(said))


def test_that_every_number_stands_there_with_its_evidence(
    store: Store, passage: Passage, tmp_path: Path
) -> None:
    path = tmp_path / "依据.xlsx"
    write_evidence(store, passage, path, make.TODAY, Progress())
    book: Any = load_workbook(path)
    assert book.sheetnames[:2] == ["语句", "依据"]
    written = [row[0].value for row in book["语句"].iter_rows()]
    assert [one.text for one in passage.sentences if one.text in written] == [
        one.text for one in passage.sentences
    ]
    head, *lines = [[cell.value for cell in row] for row in book["依据"].iter_rows(min_row=2)]
    assert head == [words for words, _ in HEADERS]
    figures = [(one, figure) for one in passage.sentences for figure in one.figures]
    assert len(lines) == len(figures)
    for number, (line, (sentence, figure)) in enumerate(zip(lines, figures, strict=True), 1):
        assert line[0] == number
        assert line[1:4] == [sentence.text, figure.text, exact(figure.value)]
        assert line[6].startswith(figure.value.indicator.rule)
        wanted = registrations_behind(store, figure.value)
        assert wanted is not None
        behind = select(store, wanted, make.TODAY)
        assert line[10] == len(behind)
        listed = book[line[11]]
        assert listed.max_row == 2 + len(behind)
        amounts = [cell.value for cell in listed["H"][2:]]
        known = [one for one in amounts if one != "待补"]
        assert sum(known) * WAN == behind.secured_amount_fen
        assert len(amounts) - len(known) == behind.amount_missing
    shares = [line for line in lines if line[4] == "登记件数 占全国"]
    assert shares
    assert shares[0][8].startswith("全国 2019年 7,060项")
    assert shares[0][9].startswith("https://")


def test_that_equal_lists_stand_there_once(store: Store, passage: Passage, tmp_path: Path) -> None:
    path = tmp_path / "依据.xlsx"
    write_evidence(store, passage, path, make.TODAY, Progress())
    book: Any = load_workbook(path)
    titles = [str(book[name]["A1"].value) for name in book.sheetnames[2:]]
    assert len(titles) == len(set(titles)) < len(passage.sentences[0].figures) * 2
    assert any("1 笔登记" in title for title in titles)  # the one whose amount is missing


def test_that_nothing_is_left_when_it_is_cancelled_or_refused(
    store: Store, passage: Passage, tmp_path: Path
) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_evidence(store, passage, tmp_path / "依据.xlsx", make.TODAY, progress)
    with pytest.raises(UserError, match="xlsx"):
        write_evidence(store, passage, tmp_path / "依据.csv", make.TODAY, Progress())
    assert not list(tmp_path.glob("依据*"))


def test_that_what_others_published_has_no_registrations_behind_it(
    store: Store, passage: Passage
) -> None:
    value = Values(store).level("registrations", KindChoice.ALL, Period.year(2019), "330000")
    published = replace(
        value, comparison=Comparison.YEARS_FIRST, value=3, references=(all_figures(store)[0],)
    )
    assert registrations_behind(store, published) is None
    assert exact(published) == "三年"
    assert registrations_behind(store, value) is not None
    ground = Grounds(store).of(passage.sentences[0].figures[1])
    assert (ground.name, ground.base_name, ground.base) == (
        "担保债权额 同比",
        "上年同期",
        "10,000,000.00 元",
    )
    assert ground.exact == "68%"
