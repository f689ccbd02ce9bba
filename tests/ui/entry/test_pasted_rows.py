"""Rows of a worksheet pasted into the entry form."""

from ipfinance.db import pledges
from ipfinance.db.connection import Store
from ipfinance.domain.fields import BY_KEY
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import Kind
from ipfinance.ui.desk import Desk
from ipfinance.ui.dialogs.import_ledgers import ImportDialog
from ipfinance.ui.pages.entry import EntryPage
from tests import make
from tests.ui.desks import AskedTalk
from tests.ui.entry.hands import field, go_to
from tests.ui.typing_in import CTRL, Key, paste, press

HEAD = "登记号\t登记日期\t出质人\t统一社会信用代码\t县区\t质权人\t担保债权额（元）\t专利号\t经办人"
LINE = "甲\t2019/3/5\t示例甲公司；示例乙公司\t\t滨江区\t示例银行\t5000000\t{}；{}\t王某"


def test_that_a_block_of_numbers_and_names_is_pasted_from_a_worksheet(
    page: EntryPage, store: Store
) -> None:
    page.form.fill(make.pledge(rights=()))
    numbers = [make.patent_number() for _ in range(12)]
    go_to(page, "rights_1")
    paste("\n".join(f"{number}\t装置{at}" for at, number in enumerate(numbers)) + "\n")
    assert page.form.rights.count() == 12
    press(Key.Key_S, CTRL)
    stored = pledges.get(store, page.number or 0)
    assert [(right.number, right.name) for right in stored.rights] == [
        (number, f"装置{at}") for at, number in enumerate(numbers)
    ]


def test_that_a_pasted_row_fills_the_fields_it_knows(page: EntryPage, store: Store) -> None:
    one, other = make.patent_number(1), make.patent_number(2)
    page.form.single.kind.set_value(Kind.PATENT)
    go_to(page, "rights_1")
    paste(f"{HEAD}\n{LINE.format(one, other)}\n")
    cells = page.form.cells()
    assert cells.single["kind"] == "专利"
    assert cells.single["reg_no"] == "甲"
    assert cells.single["secured_amount"] == "500"
    assert list(cells.rows["pledgor"]) == ["示例甲公司", "示例乙公司"]
    assert list(cells.rows["county"]) == ["滨江区", "滨江区"]
    assert [number for number in cells.rows["rights"] if number] == [one, other]
    assert "已填入 7 项；没有用上的列：经办人" in page.banner.text
    press(Key.Key_S, CTRL)
    [stored] = pledges.find(store, [page.number or 0])
    assert (stored.reg_no, stored.secured_amount_fen) == ("甲", 500 * WAN)
    assert [one.county for one in stored.pledgors] == [make.BINJIANG] * 2


def test_that_what_the_form_has_no_field_for_is_told(page: EntryPage) -> None:
    label = BY_KEY["events"].label
    head = f"登记号\t登记日期\t出质人\t{label}"
    go_to(page, "reg_no")
    paste(f"{head}\n甲\t2019-03-05\t示例甲公司\t2020-05-06 变更")
    assert page.banner.text == f"已填入 3 项；没有用上的列：{label}，请核对后保存。"


def test_that_several_rows_are_entered_one_after_another(
    page: EntryPage, store: Store, talk: AskedTalk
) -> None:
    lines = [
        f"专利\tY201933000000{at}\t2019-03-0{at}\t示例甲公司\t\t杭州市\t滨江区" for at in (1, 2, 3)
    ]
    go_to(page, "reg_no")
    paste("\n".join(lines))
    assert talk.said == ["粘贴了 3 行登记"]
    for left in (2, 1, 0):
        assert (f"还有 {left} 行" in page._subtitle.text()) == bool(left)
        assert page.form.cells().single["reg_no"] == f"Y201933000000{3 - left}"
        press(Key.Key_Return, CTRL)
    assert pledges.count(store) == 3
    assert page.form.cells().single["reg_no"] == ""


def test_that_several_rows_can_go_to_the_import(
    page: EntryPage, desk: Desk, talk: AskedTalk
) -> None:
    talk.chosen = 2
    lines = [f"专利\t{at}号\t2019-03-05\t示例甲公司\t\t杭州市\t滨江区" for at in range(3)]
    go_to(page, "reg_no")
    paste("\n".join(lines))
    dialog = page.window().findChild(ImportDialog)
    assert dialog is not None
    assert desk.jobs.wait_idle()
    assert dialog.plan is not None
    assert len(dialog.plan.entries) == 3
    assert not page.has_unsaved
    dialog.close()


def test_that_a_block_of_which_nothing_is_known_is_told_and_left_out(page: EntryPage) -> None:
    go_to(page, "reg_no")
    paste("甲\t乙\t丙")
    assert field(page, "reg_no").text() == ""
    assert "认不出各是哪一项" in page.banner.text
    go_to(page, "rights_1")
    number = make.patent_number(3)
    paste(f"{number}\t一种示例装置")
    assert page.form.rights.pairs() == [(number, "一种示例装置")]
