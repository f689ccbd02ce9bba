"""Faults and doubts of the entry form: each beside its own field, counted in the banner."""

from PySide6.QtWidgets import QLabel, QPushButton

from ipfinance.db import pledges
from ipfinance.db.connection import Store
from ipfinance.domain.pledge import Kind
from ipfinance.ui.pages.entry import EntryPage
from tests import make
from tests.ui.entry.hands import banner_words, field, go_to, words_under
from tests.ui.typing_in import CTRL, Key, chinese, cursor, keys, press


def test_that_an_empty_form_is_told_all_that_is_missing_at_once(
    page: EntryPage, store: Store
) -> None:
    press(Key.Key_S, CTRL)
    assert words_under(page, "kind") == ("没有写明质押类型，请填专利或商标", "fault")
    assert words_under(page, "registered_on")[1] == "fault"
    assert words_under(page, "pledgor") == ("没有出质人，请填写企业名称", "fault")
    assert words_under(page, "city")[1] == "fault"
    assert words_under(page, "pledgee")[1] == "warning"
    assert banner_words(page).startswith(
        "有 4 处需要修正后才能保存：质押类型、登记日期、出质人、设区市"
    )
    assert cursor().objectName() == "kind"
    assert pledges.count(store) == 0
    save = page.findChild(QPushButton, "button_save")
    assert save is not None
    assert save.isEnabled()


def test_that_every_fault_stands_beside_its_own_field(page: EntryPage, store: Store) -> None:
    page.form.fill(make.pledge())
    for name, text in (
        ("registered_on", "2019-02-30"),
        ("uscc", "91330100MA2XXXXX5T"),
        ("county", "海曙区"),
        ("secured_amount", "0"),
        ("term_start", "2025-07-01"),
        ("term_end", "2025-06-01"),
        ("credit_amount", "五百"),
        ("cancelled_on", "2027-01-01"),
        ("rights_count", "若干"),
    ):
        field(page, name).setText(text)
    press(Key.Key_S, CTRL)
    faults = {
        "registered_on": "没有「2019-02-30」这一天，请核对月份和日数",
        "county": "「海曙区」不在杭州市，属宁波市",
        "secured_amount": "金额「0」应大于 0",
        "term_end": "债务履行期限止 2025-06-01 不能早于起始日 2025-07-01",
        "credit_amount": "金额「五百」不是数字",
        "cancelled_on": "注销日期 2027-01-01 晚于今天 2026-11-23，请核对",
    }
    assert {name: words_under(page, name) for name in faults} == {
        name: (text, "fault") for name, text in faults.items()
    }
    assert words_under(page, "uscc") == ("校验位不正确：第 18 位应为 P", "warning")
    assert words_under(page, "rights_count")[1] == "warning"
    assert "有 6 处" in banner_words(page)
    assert pledges.count(store) == 0
    # Mended ones fall silent as the cursor leaves them, and the banner counts on.
    go_to(page, "secured_amount")
    field(page, "secured_amount").selectAll()
    keys("500")
    press(Key.Key_Return)
    assert words_under(page, "secured_amount") == ("500 万元 = 0.05 亿元 = 伍佰万元整", "")
    assert "有 5 处" in banner_words(page)


def test_that_a_link_of_the_banner_leads_to_the_field(page: EntryPage) -> None:
    page.form.fill(make.pledge())
    field(page, "cancelled_on").setText("2018-01-01")
    press(Key.Key_S, CTRL)
    go_to(page, "kind")
    page.banner.linkActivated.emit("at:cancelled_on:0")
    assert cursor().objectName() == "cancelled_on"


def test_that_each_row_has_its_own_faults(page: EntryPage) -> None:
    page.form.fill(make.pledge(pledgors=(make.pledgor("示例甲公司"), make.pledgor("示例乙公司"))))
    field(page, "uscc_2").setText("91330100MA2XXXXX5T")
    field(page, "city_2").setText("苏州市")
    press(Key.Key_S, CTRL)
    assert words_under(page, "city_2") == ("「苏州市」不是浙江省的设区市", "fault")
    assert words_under(page, "uscc_2")[1] == "warning"
    assert words_under(page, "city")[1] == ""
    assert words_under(page, "uscc")[1] == ""
    assert "设区市（出质人 2）" in banner_words(page)


def test_that_a_field_left_with_text_is_told_of_as_a_warning(page: EntryPage) -> None:
    go_to(page, "uscc")
    keys("91330100MA2XXXXX5T")
    assert words_under(page, "uscc") == ("", "")  # not while it is being typed
    press(Key.Key_Return)
    assert words_under(page, "uscc") == ("校验位不正确：第 18 位应为 P", "warning")
    go_to(page, "secured_amount")
    keys("abc")
    press(Key.Key_Return)
    assert words_under(page, "secured_amount") == ("金额「abc」不是数字", "warning")
    assert words_under(page, "pledgor") == ("", "")  # nothing typed, nothing told
    assert page.banner.isHidden()


def test_that_the_check_digit_is_told_beside_the_number(page: EntryPage) -> None:
    page.form.single.kind.set_value(Kind.PATENT)
    go_to(page, "rights_1")
    keys("201710601862.3")
    rows = page.form.rights.rows
    assert rows[0].verdict == "发明"
    press(Key.Key_Return, times=2)
    keys("201710601862.5")
    assert rows[1].verdict == ""  # not while it is being typed
    press(Key.Key_Return)
    assert "应为 3" in rows[1].verdict


def test_that_a_number_that_exists_already_is_refused_with_a_way_to_it(
    page: EntryPage, store: Store
) -> None:
    [known] = make.stored(store, make.pledge(reg_no="Y2019330000777"))
    page.form.fill(make.pledge(reg_no="Ｙ2019330000777"))
    press(Key.Key_S, CTRL)
    assert words_under(page, "reg_no") == ("该登记号已存在", "fault")
    assert "打开已有的这笔登记" in banner_words(page)
    assert pledges.count(store) == 1
    # The same number in the other register is another registration.
    page.form.fill(make.pledge(kind=Kind.TRADEMARK, reg_no="Y2019330000777"))
    press(Key.Key_S, CTRL)
    assert pledges.count(store) == 2
    page.banner.linkActivated.emit(f"open:{known.id}")
    assert page.number == known.id


def test_that_a_number_that_exists_already_can_be_kept_in_doubt(
    page: EntryPage, store: Store
) -> None:
    make.stored(store, make.pledge(reg_no="Y2019330000777"))
    page.form.fill(make.pledge(reg_no="Y2019330000777", note="新来的"))
    press(Key.Key_S, CTRL)
    assert "先保存，登记号待核" in banner_words(page)
    page.banner.linkActivated.emit("doubt")
    saved = pledges.get(store, 2)
    assert (saved.reg_no, saved.reg_no_in_doubt, saved.note) == (None, "Y2019330000777", "新来的")
    assert page.number == 2
    assert not page.has_unsaved
    told = ("登记号 Y2019330000777 待核，查明后请填上登记号", "warning")
    assert words_under(page, "reg_no") == told
    page.edit(2)
    assert words_under(page, "reg_no") == (told[0], "")
    assert page.form.single.boxes["reg_no"].editor.hasFocus()
    keys("Y2019330000778")
    press(Key.Key_S, CTRL)
    assert (pledges.get(store, 2).reg_no, pledges.get(store, 2).reg_no_in_doubt) == (
        "Y2019330000778",
        None,
    )
    assert words_under(page, "reg_no")[1] == ""
    page.start_new()
    assert "待核" not in words_under(page, "reg_no")[0]


def test_that_what_was_corrected_meanwhile_is_not_put_in_doubt(
    page: EntryPage, store: Store
) -> None:
    make.stored(store, make.pledge(reg_no="Y2019330000777"))
    page.form.fill(make.pledge(reg_no="Y2019330000777"))
    press(Key.Key_S, CTRL)
    go_to(page, "reg_no")
    keys("Y2019330000778")
    page.banner.linkActivated.emit("doubt")
    assert (pledges.get(store, 2).reg_no, pledges.get(store, 2).reg_no_in_doubt) == (
        "Y2019330000778",
        None,
    )


def test_that_a_name_without_a_number_is_not_lost(page: EntryPage, store: Store) -> None:
    page.form.fill(make.pledge(rights=()))
    go_to(page, "right_names_1")
    chinese("一种没有号码的装置")
    press(Key.Key_S, CTRL)
    message = page.findChild(QLabel, "message_rights")
    assert message is not None
    assert message.text() == "第 1 行有名称没有号码，请补上号码或删去名称"
    assert pledges.count(store) == 0
