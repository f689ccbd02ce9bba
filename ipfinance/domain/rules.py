"""What must hold, and what is worth a warning, among the fields of one registration.

Hard errors are only those of the counting rules; everything unsure warns and never blocks.
"""

from collections.abc import Iterator
from datetime import date

from ipfinance.domain.faults import Fault
from ipfinance.domain.identifiers import check_pledge_number
from ipfinance.domain.money import YI, wan
from ipfinance.domain.pledge import EventKind, Kind, Pledge
from ipfinance.language import tr

# A single registration above this is nearly always an amount typed in the wrong unit.
UNLIKELY_AMOUNT_FEN = 100 * YI


def check(pledge: Pledge, today: date) -> list[Fault]:
    """Every fault of a registration: errors of dates, warnings of everything unsure."""
    return [*_dates(pledge, today), *_warnings(pledge)]


def _dates(pledge: Pledge, today: date) -> Iterator[Fault]:
    registered_on = pledge.registered_on
    if registered_on > today:
        yield Fault(
            "registered_on",
            "date_in_future",
            str(registered_on),
            tr(
                "登记日期 {registered_on} 晚于今天 {today}，请核对",
                registered_on=registered_on,
                today=today,
            ),
        )
    if pledge.term_start and pledge.term_end and pledge.term_end < pledge.term_start:
        yield Fault(
            "term_end",
            "dates_out_of_order",
            str(pledge.term_end),
            tr(
                "债务履行期限止 {term_end} 不能早于起始日 {term_start}",
                term_end=pledge.term_end,
                term_start=pledge.term_start,
            ),
        )
    for event in pledge.events:
        key = "cancelled_on" if event.kind is EventKind.CANCELLATION else "events"
        if event.happened_on < registered_on:
            yield Fault(
                key,
                "dates_out_of_order",
                str(event.happened_on),
                tr(
                    "{event}日期 {happened_on} 不能早于登记日期 {registered_on}",
                    event=event.kind.label,
                    happened_on=event.happened_on,
                    registered_on=registered_on,
                ),
            )
        if event.happened_on > today:
            yield Fault(
                key,
                "date_in_future",
                str(event.happened_on),
                tr(
                    "{event}日期 {happened_on} 晚于今天 {today}，请核对",
                    event=event.kind.label,
                    happened_on=event.happened_on,
                    today=today,
                ),
            )


def _warnings(pledge: Pledge) -> Iterator[Fault]:
    if pledge.reg_no_in_doubt is not None:
        text = tr("登记号 {reg_no} 待核，查明后请填上登记号", reg_no=pledge.reg_no_in_doubt)
        yield _warning("reg_no", "reg_no_in_doubt", pledge.reg_no_in_doubt, text)
    elif pledge.reg_no is None:
        yield _warning("reg_no", "reg_no_missing", "", tr("没有登记号，可以先保存，以后补上"))
    elif pledge.kind is Kind.PATENT:
        checked = check_pledge_number(pledge.reg_no)
        if checked.fault is not None:
            yield _warning("reg_no", checked.rule or "", pledge.reg_no, checked.fault)
    amount = pledge.secured_amount_fen
    if amount is None:
        yield _warning(
            "secured_amount",
            "amount_missing",
            "",
            tr("没有担保债权额：登记照样计数，金额列入待补"),
        )
    elif amount > UNLIKELY_AMOUNT_FEN:
        yield _warning(
            "secured_amount",
            "amount_unlikely",
            wan(amount),
            tr("{amount} 万元超过 100 亿元，多半是把元填成了万元，请核对单位", amount=wan(amount)),
        )
    listed, declared = len(pledge.rights), pledge.rights_declared
    if listed and declared and listed != declared:
        yield _warning(
            "rights_count",
            "rights_count_differs",
            declared,
            tr(
                "件数写的是 {declared}，号码却有 {listed} 个，按号码计 {listed} 件",
                declared=declared,
                listed=listed,
            ),
        )
    if not listed and not declared:
        yield _warning(
            "rights", "rights_missing", "", tr("没有专利号或商标注册号，也没有件数，计 0 件")
        )


def _warning(field: str, rule: str, value: object, text: str) -> Fault:
    return Fault(field, rule, str(value), text, is_error=False)
