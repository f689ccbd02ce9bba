"""The head bank (总行) that a branch's name tells; what is no plain branch is its own head."""

import re

from ipfinance.domain.names import name_key

# A bank or a rural credit cooperative by its whole name, then a place and what the branch is.
_BRANCH = re.compile(
    r"(?P<head>.+?(?:银行|信用合作联社|信用社联合社|信用联社)"
    r"(?:[（(][^（()）]*[）)])?(?:股份有限公司|有限责任公司|有限公司)?)"
    r"(?!银行)[^（()）]*(?:分行|支行|营业部|分理处|营业室|营业所|分社|信用社)"
)
_BLANKS = re.compile(r"\s+")


def head_name(name: str) -> str:
    """中国工商银行股份有限公司杭州分行 → 中国工商银行股份有限公司; any other name as it is.

    Nothing is guessed: 中国工商银行 and 中国工商银行股份有限公司 are two heads until a person
    says otherwise.
    """
    found = _BRANCH.fullmatch(_BLANKS.sub("", name))
    return found["head"] if found else name


def head_key(name: str) -> str:
    """What the spellings of one head have in common, for a pledgee's own name."""
    return name_key(head_name(name))
