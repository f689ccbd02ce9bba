"""The two languages of the window: what is looked up, and a catalogue that lacks nothing."""

import string
from collections.abc import Iterator

import pytest
from babel.messages.mofile import read_mo

from ipfinance import language
from ipfinance.language import Language, either, tr
from tools import english


@pytest.fixture
def in_english() -> Iterator[None]:
    before = language.chosen()
    language.choose(Language.ENGLISH)
    yield
    language.choose(before)


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


def test_the_catalogue_holds_what_the_source_says_and_no_more() -> None:
    said = {message.id for message in english.said_in_source() if message.id}
    kept = {message.id for message in english.kept() if message.id}
    assert said == kept, "run make english"


def test_english_has_the_same_gaps() -> None:
    for message in english.kept():
        if message.id and message.string:
            assert gaps_of(str(message.string)) == gaps_of(str(message.id)), message.id


def test_what_the_program_reads_is_what_people_edit() -> None:
    with english.MO.open("rb") as file:
        read = {message.id: message.string for message in read_mo(file)}
    edited = {
        message.id: message.string for message in english.kept() if message.id and message.string
    }
    assert {key: text for key, text in read.items() if key} == edited, "run make english"
