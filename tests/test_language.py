"""The two languages of the window: what is looked up, and a catalogue that lacks nothing."""

import string

from babel.messages.mofile import read_mo

from ipfinance.language import (
    Words,
    aloud,
    either,
    for_files,
    in_chinese,
    listed,
    tr,
    word,
)
from tools import english


def gaps_of(text: str) -> set[tuple[str, str]]:
    """The named gaps of a text with how each is printed."""
    return {(name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name}


def test_chinese_is_said_as_it_is_written() -> None:
    assert tr("没有这样的词") == "没有这样的词"
    assert tr("共 {count} 笔", count=3) == "共 3 笔"
    assert either("登记量", "registrations") == "登记量"


def test_without_gaps_braces_stay(in_english: None) -> None:
    assert tr("{{secured_amount}}") == "{{secured_amount}}"
    assert tr("") == ""  # never the head of the catalogue
    assert either("登记量", "registrations") == "registrations"


def test_english_remembers_its_chinese(in_english: None) -> None:
    inner = either("担保债权额", "secured amount")
    said = tr("没有这样的词：{name}，{count:,} 笔", name=inner, count=1234)
    assert in_chinese(said) == "没有这样的词：担保债权额，1,234 笔"
    assert in_chinese(listed([inner, "甲公司"])) == "担保债权额、甲公司"
    assert listed([inner, "甲公司"]) == "secured amount, 甲公司"
    assert in_chinese("甲公司") == "甲公司"


def test_that_files_are_in_chinese_and_who_writes_them_is_told_in_english(in_english: None) -> None:
    names = Words({1: word("排名")})
    inner = either("担保债权额", "secured amount")
    assert names[1] == "Rank"
    with for_files():
        assert (names[1], tr("排名"), aloud("排名")) == ("排名", "排名", "Rank")
        assert either("登记量", "registrations") == "登记量"
        assert tr("{name}（{unit}）", name=inner, unit="万元") == "担保债权额（万元）"
    assert names[1] == "Rank"


def test_the_catalogue_holds_what_the_source_says_and_no_more() -> None:
    said = {message.id for message in english.said_in_source() if message.id}
    kept = {message.id for message in english.kept() if message.id}
    assert said == kept, "run make english"


def test_every_text_has_english_with_the_same_gaps() -> None:
    for message in english.kept():
        if message.id:
            assert message.string, message.id
            assert gaps_of(str(message.string)) == gaps_of(str(message.id)), message.id


def test_what_the_program_reads_is_what_people_edit() -> None:
    with english.MO.open("rb") as file:
        read = {message.id: message.string for message in read_mo(file)}
    edited = {
        message.id: message.string for message in english.kept() if message.id and message.string
    }
    assert {key: text for key, text in read.items() if key} == edited, "run make english"
