"""统计设置: what is chosen in the fields is what is given back, and each field says its rule."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ipfinance.db.facts import Facts
from ipfinance.domain.division import Divisions
from ipfinance.domain.money import WAN, Unit
from ipfinance.domain.setting_fields import BY_KEY
from ipfinance.ui.dialogs.facts import FactsDialog
from ipfinance.ui.widgets.combo import ComboBox
from ipfinance.ui.widgets.field import FieldBox
from tests import make


@pytest.fixture
def dialog(qtbot: QtBot, divisions: Divisions) -> FactsDialog:
    return shown(qtbot, divisions, Facts())


def shown(qtbot: QtBot, divisions: Divisions, facts: Facts) -> FactsDialog:
    made = FactsDialog(facts, divisions, make.TODAY)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def combo(dialog: FactsDialog, name: str) -> ComboBox:
    found = dialog.findChild(ComboBox, name)
    assert found is not None
    return found


def save(dialog: FactsDialog) -> None:
    found = dialog.findChild(QPushButton, "save")
    assert found is not None
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def test_that_what_is_chosen_is_given_back(dialog: FactsDialog) -> None:
    assert combo(dialog, "area").set_value(make.DEQING)
    assert combo(dialog, "area").currentText() == "湖州市 德清县"
    assert combo(dialog, "rights_distinct").set_value(True)
    assert combo(dialog, "amount_unit").set_value(Unit.YI)
    assert combo(dialog, "amount_decimals").set_value(3)
    save(dialog)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog._facts == Facts(
        area=make.DEQING, amount_unit=Unit.YI, amount_decimals=3, rights_distinct=True
    )


def test_that_untouched_settings_are_given_back_as_they_were(
    qtbot: QtBot, divisions: Divisions
) -> None:
    former = "330104"  # 江干区, until 2021: it stays the bureau's until another is chosen
    before = Facts("示例局", former, 2000 * WAN, True, Unit.YI, 0, True)
    dialog = shown(qtbot, divisions, before)
    assert combo(dialog, "area").currentText() == "江干区"
    save(dialog)
    assert dialog._facts == before


def test_that_a_unit_has_its_own_decimals_and_an_example(dialog: FactsDialog) -> None:
    decimals = combo(dialog, "amount_decimals")
    box = dialog.findChild(FieldBox, "field_amount_decimals")
    assert box is not None
    assert box.message.text() == "例如 432,489.73 万元"
    combo(dialog, "amount_unit").set_value(Unit.YI)
    assert [decimals.itemData(at) for at in range(decimals.count())] == [0, 1, 2, 3]
    decimals.set_value(3)
    assert box.message.text() == "例如 43.249 亿元"
    combo(dialog, "amount_unit").set_value(Unit.WAN)
    assert decimals.value() == 2
    assert decimals.count() == 3


def test_that_a_threshold_that_is_no_amount_is_told_and_nothing_is_saved(
    dialog: FactsDialog,
) -> None:
    edit = dialog.findChild(QLineEdit, "inclusive_threshold")
    assert edit is not None
    edit.setText("一千")
    save(dialog)
    assert dialog.isVisible()
    assert edit.property("state") == "fault"


def test_that_every_field_says_its_rule(dialog: FactsDialog) -> None:
    boxes = {box.key: box for box in dialog.findChildren(FieldBox)}
    assert boxes.keys() == BY_KEY.keys()
    for key, field in BY_KEY.items():
        assert boxes[key].whatsThis().startswith(field.help)
        if field.source:
            assert f"依据：{field.source}" in boxes[key].whatsThis()
