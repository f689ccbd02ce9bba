"""What was written about a registration is told whole: fields, parties, rights and events."""

from dataclasses import replace
from datetime import date

from ipfinance.db import history
from ipfinance.db.connection import Store
from ipfinance.db.corrections import EVENT, PLEDGE, PLEDGEE, PLEDGOR, RIGHT, corrections
from ipfinance.db.pledges import get
from ipfinance.db.registrar import correct, delete, record, register, remove_event
from ipfinance.domain.industries import Industry
from ipfinance.domain.money import WAN
from ipfinance.domain.pledge import EventKind, Pledge
from tests import make

Told = tuple[str, str, int | str, str, object, object]


def registered(store: Store, **changes: object) -> tuple[int, Pledge]:
    number = register(store, make.pledge(reg_no="甲", **changes))
    return number, get(store, number)


def told(store: Store, number: int) -> list[Told]:
    return [
        (one.words, one.part, one.which, one.column, one.before, one.after)
        for one in corrections(store, number)
    ]


def test_that_the_first_entry_is_told_by_whom_and_nothing_of_its_parts(store: Store) -> None:
    number, _ = registered(store)
    [first] = corrections(store, number)
    assert (first.who, first.words, first.part) == ("测试员", "新增登记 甲", PLEDGE)
    assert first.before is None
    assert isinstance(first.after, dict)
    assert first.after["secured_amount_fen"] == 500 * WAN


def test_that_parties_and_rights_are_told_by_place_and_number(store: Store) -> None:
    number, before = registered(store)
    bank, other = make.pledgee(), make.pledgee("示例农商银行")
    changed = replace(
        before,
        pledgors=(
            make.pledgor("示例乙公司", industry=Industry.MANUFACTURING),
            make.pledgor("示例丙公司", county=None),
        ),
        pledgees=(other, bank),
        rights=(make.right("201810000001.8", name="一种甲"),),
    )
    correct(store, number, changed)
    old = before.rights[0]
    newest = [one for one in told(store, number) if one[0] == "更正登记 甲"]
    assert (PLEDGOR, 1, "industry", None, "C") in [one[1:] for one in newest]
    assert (PLEDGOR, 1, "name", "示例甲精密机械有限公司", "示例乙公司") in [x[1:] for x in newest]
    [second] = [one for one in newest if one[1:3] == (PLEDGOR, 2)]
    assert second[4] is None
    assert isinstance(second[5], dict)
    assert second[5]["name"] == "示例丙公司"
    assert (PLEDGEE, 1, "name", bank.name, other.name) in [one[1:] for one in newest]
    assert (PLEDGEE, 2, "", None, {"name": bank.name}) in [one[1:] for one in newest]
    gone = {"number": old.number, "name": old.name}
    assert (RIGHT, old.number, "", gone, None) in [one[1:] for one in newest]
    assert len(told(store, number)) == len(newest) + 1  # and the first entry


def test_that_parties_given_to_a_registration_without_any_are_told(store: Store) -> None:
    number, before = registered(store, pledgees=(), rights=(), rights_declared=3)
    correct(store, number, replace(before, pledgees=(make.pledgee(),)))
    assert told(store, number)[0][1:] == (PLEDGEE, 1, "", None, {"name": make.pledgee().name})


def test_that_events_are_told_when_they_come_and_go(store: Store) -> None:
    number, _ = registered(store)
    event = make.event(EventKind.CHANGE, secured_amount_fen=7 * WAN, changes=(make.change(),))
    record(store, number, event)
    [stored] = get(store, number).events
    assert stored.id is not None
    remove_event(store, number, stored.id)
    (words, part, _, column, before, after), (came, *_), _ = told(store, number)
    assert (words, part, column, after) == ("删除变更记录 甲", EVENT, "", None)
    assert isinstance(before, dict)
    assert before["changes"] == "质权人：示例银行杭州分行 → 示例银行宁波分行"
    assert came == "变更登记 甲"


def test_that_an_undo_is_told_like_any_act(store: Store) -> None:
    number, before = registered(store)
    correct(store, number, replace(before, pledgees=(make.pledgee("示例农商银行"),)))
    history.undo(store)
    delete(store, [number])
    history.undo(store)
    history.undo(store)
    history.redo(store)
    words = [one[0] for one in told(store, number)]
    # The undo took the new bank away altogether; the history still knows what it was called.
    undone = [one for one in told(store, number) if one[0] == "撤销：更正登记 甲"]
    assert [one[1:] for one in undone] == [
        (PLEDGEE, 1, "name", "示例农商银行", make.pledgee().name)
    ]
    assert words[:2] == ["重做：新增登记 甲", "撤销：新增登记 甲"]
    assert words[-1] == "新增登记 甲"


def test_that_what_came_past_the_program_is_told_without_a_name(store: Store) -> None:
    number, _ = registered(store)
    store.connection.execute("UPDATE pledge SET note = '外改' WHERE id = ?", (number,))
    first = corrections(store, number)[0]
    assert (first.who, first.words, first.column, first.after) == ("", "", "note", "外改")
    assert first.happened_at


def test_that_other_registrations_are_not_told_of(store: Store) -> None:
    number, _ = registered(store)
    other = register(store, make.pledge(reg_no="乙"))
    correct(store, other, replace(get(store, other), registered_on=date(2020, 1, 1), rights=()))
    assert [one[0] for one in told(store, number)] == ["新增登记 甲"]


def test_that_of_many_registered_together_each_has_its_own_story(store: Store) -> None:
    many = make.stored(store, *(make.pledge(reg_no=f"第{at}号") for at in range(5)), words="导入")
    number = many[2].id
    assert number is not None
    assert [(one[0], one[1], one[4]) for one in told(store, number)] == [("导入", PLEDGE, None)]
    correct(store, number, replace(many[2], rights=(*many[2].rights, make.right("201810000001.8"))))
    newest, *_ = told(store, number)
    assert newest[1:4] == (RIGHT, "201810000001.8", "")
    assert newest[4] is None


def test_that_parties_are_told_in_their_order_the_tenth_after_the_ninth(store: Store) -> None:
    number, pledge = registered(store, pledgees=())
    lenders = tuple(make.pledgee(f"示例{at}银行股份有限公司") for at in range(11))
    correct(store, number, replace(pledge, pledgees=lenders))
    came = [one.which for one in corrections(store, number) if one.part == PLEDGEE]
    assert came == list(range(1, 12))
