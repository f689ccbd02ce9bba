"""Text is found in the ledger wherever it may stand."""

import pytest

from ipfinance.db.connection import Store
from ipfinance.db.ledger import Filter
from ipfinance.domain.identifiers import organisation_code_of
from ipfinance.domain.pledge import Kind, PledgeeKind
from tests import make
from tests.db.listed import ids, numbers


def _searched(store: Store, text: str) -> list[int]:
    return sorted(ids(store, Filter(text=text)))


@pytest.fixture
def known(store: Store) -> dict[str, int]:
    """Registrations that are told apart by what can be searched for."""
    code = make.credit_code(7)
    made = {
        "percent": make.pledge(
            reg_no="甲100%号", pledgors=(make.pledgor("示例百分_百有限公司", uscc=code),)
        ),
        "plain": make.pledge(
            reg_no="Y2019330000123",
            pledgors=(make.pledgor("示例（杭州）Ab有限公司", uscc=None),),
            pledgees=(make.pledgee("示例银行台州分行"),),
            rights=(make.right("201710601862.3"),),
        ),
        "person": make.pledge(
            reg_no=None,
            pledgors=(make.person("李某乙（自然人）"),),
            pledgees=(make.pledgee("示例担保\\有限公司", kind=PledgeeKind.GUARANTEE),),
            rights=(),
        ),
        "mark": make.pledge(
            kind=Kind.TRADEMARK,
            reg_no="商质1",
            pledgors=(make.pledgor("示例丁", uscc="79965505-8"),),
            pledgees=(),
            rights=(make.mark("3917439"),),
        ),
    }
    stored = make.stored(store, *made.values())
    return dict(zip(made, numbers(stored), strict=True))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("%", ["percent"]),
        ("_", ["percent"]),
        ("100%", ["percent"]),
        ("1%0", []),
        ("\\", ["person"]),
        ("Y2019330000123", ["plain"]),
        ("y201933", ["plain"]),
        ("Ｙ2019", ["plain"]),
        ("  330000123 ", ["plain"]),
        ("(杭州)ab", ["plain"]),
        ("AB有限", ["plain"]),
        ("台州", ["plain"]),
        ("slyhtz", ["plain"]),
        ("SLYHTZ", ["plain"]),
        ("李某", ["person"]),
        ("担保", ["person"]),
        ("ZL201710601862.3", ["plain"]),
        ("zl 20171060", ["plain"]),
        ("201710", ["plain"]),
        ("10601862", []),
        ("zl", []),
        ("3917439", ["mark"]),
        ("39174", ["mark"]),
        ("79965505", ["mark"]),
        ("有限公司", ["percent", "plain", "person"]),
        ("没有这个", []),
        ("", ["percent", "plain", "person", "mark"]),
    ],
)
def test_that_text_is_found_where_it_may_stand(
    store: Store, known: dict[str, int], text: str, found: list[str]
) -> None:
    assert _searched(store, text) == sorted(known[name] for name in found)


def test_that_codes_are_found_in_part(store: Store, known: dict[str, int]) -> None:
    code = make.credit_code(7)
    assert _searched(store, code[4:12].lower()) == [known["percent"]]
    assert _searched(store, str(organisation_code_of(code))) == [known["percent"]]


def test_that_a_name_is_found_as_it_was_and_as_it_is(store: Store) -> None:
    code = make.credit_code(8)
    old, new = make.stored(
        store,
        make.pledge(pledgors=(make.pledgor("示例旧名有限公司", uscc=code),)),
        make.pledge(pledgors=(make.pledgor("示例新名有限公司", uscc=code),)),
    )
    # It is one enterprise: each of its names finds all of its registrations.
    assert _searched(store, "新名") == [old.id, new.id]
    assert _searched(store, "旧名") == [old.id, new.id]
