"""Acts are kept in Chinese and told in the language of the window."""

import string

import pytest

from ipfinance.db import history
from ipfinance.db.act_words import ActWords, NoticePart, said
from ipfinance.db.connection import Store
from ipfinance.db.registrar import cancel, record, register
from ipfinance.domain.pledge import EventKind
from ipfinance.language import in_chinese, tr
from tests import make

# What stands in each gap, and what an English window says of it.
_IN_GAPS = {
    "named": ("Y2019330000123", "Y2019330000123"),
    "file": ("杭州 台账.xlsx", "杭州 台账.xlsx"),
    "count": ("12", "12"),
    "event": ("变更", "Change"),
    "finding": ("可能重复", "Possible duplicates"),
    "party": ("企业", "Enterprise"),
    "done": ("新增 3 项、待办 1 项", "new: 3, to do: 1"),
    "settled": ("已核对：可能重复 2 项", "Checked: Possible duplicates, 2 items"),
    "act": ("新增登记 Y2019330000123", "Add registration Y2019330000123"),
    "note": ("已问过银行", "已问过银行"),
}
_FORMS = [*ActWords, *NoticePart]


def _gaps(form: str, at: int) -> dict[str, str]:
    names = [name for _, name, _, _ in string.Formatter().parse(form) if name]
    return {name: _IN_GAPS.get(name, ("示例甲（旧）", "示例甲（旧）"))[at] for name in names}


def test_that_the_window_in_chinese_tells_them_as_they_are_kept() -> None:
    for form in _FORMS:
        kept = form.format(**_gaps(form, 0))
        assert said(kept) == kept


@pytest.mark.parametrize("form", _FORMS, ids=lambda form: form.name)
def test_that_every_form_is_told_in_english(in_english: None, form: str) -> None:
    kept = form.format(**_gaps(form, 0))
    assert said(kept) == tr(form).format(**_gaps(form, 1))
    assert in_chinese(said(kept)) == kept


def test_that_words_of_no_known_form_stay(in_english: None) -> None:
    assert said("整理旧账 2016") == "整理旧账 2016"
    assert said("") == ""


def test_that_an_english_window_keeps_its_acts_in_chinese(store: Store, in_english: None) -> None:
    number = register(store, make.pledge(reg_no="Y2019330000123"))
    record(store, number, make.event(EventKind.CHANGE, changes=(make.change(),)))
    cancel(store, [number], make.TODAY)
    undone = history.undo(store)
    kept = [row[0] for row in store.connection.execute("SELECT words FROM act ORDER BY id")]
    assert kept[-4:] == [
        "新增登记 Y2019330000123",
        "变更登记 Y2019330000123",
        "注销登记 Y2019330000123",
        "撤销：注销登记 Y2019330000123",
    ]
    assert undone.said == "Cancel registration Y2019330000123"
    assert said(kept[-3]) == "Change recorded: Y2019330000123"
    assert said(kept[-1]) == "Undo: Cancel registration Y2019330000123"
