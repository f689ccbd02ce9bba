"""What the entry form says of a number beside it, by the register it is for."""

from ipfinance.domain.identifiers import check_patent_number, check_trademark_number, right_kind_of
from ipfinance.domain.pledge import Kind, RightKind
from ipfinance.ui.widgets.rights_row import Judge, Verdict


def judge_of(kind: Kind | None) -> Judge:
    """How the numbers of a register are judged; before one is chosen they are not."""
    if kind is Kind.PATENT:
        return judge_patent
    return judge_trademark if kind is Kind.TRADEMARK else _judge_nothing


def judge_patent(number: str) -> Verdict:
    """What a patent number is; the kind is in the number itself."""
    checked = check_patent_number(number)
    try:
        kind = right_kind_of(checked.normalized).label
    except ValueError:
        kind = ""
    return Verdict(checked.normalized, kind, checked.fault or "")


def judge_trademark(number: str) -> Verdict:
    """What a trademark number is; it has no check digit."""
    checked = check_trademark_number(number)
    return Verdict(checked.normalized, RightKind.TRADEMARK.label, checked.fault or "")


def _judge_nothing(number: str) -> Verdict:
    return Verdict(number, "")
