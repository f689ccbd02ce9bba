"""What happened to a registration since, in the one cell that a ledger has for it.

A line for each event: 2020-06-15 变更：担保债权额 300 万元；"质权人"："甲银行"→"乙银行". Words of
the paper stand in double quotes, as JSON writes them, so that they come back as they were.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date

from ipfinance.domain.dates import DateError, read_date
from ipfinance.domain.faults import Fault
from ipfinance.domain.money import MoneyError, parse_fen, plain_wan
from ipfinance.domain.pledge import Change, Event, EventKind
from ipfinance.language import tr

_KINDS = {kind.label_zh: kind for kind in EventKind}
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_HEAD = re.compile(rf"\s*([\d./年月日-]+)\s*({'|'.join(_KINDS)})\s*(?:[：:]|$)\s*")
_PART = re.compile(
    r"(?:担保债权额\s*(?P<amount>[^；;\"]+)"
    r"|债务履行期限止\s*(?P<term>[^；;\"]+)"
    rf"|备注\s*(?P<note>{_QUOTED})"
    rf"|(?P<item>{_QUOTED})[：:](?P<before>{_QUOTED})→(?P<after>{_QUOTED}))\s*(?:[；;]\s*|$)"
)
_HOW = tr("请写成「2020-06-15 撤销」或「2020-06-15 变更：担保债权额 300 万元」，一行一项")


def write_events(events: Iterable[Event], cancelled_on: date | None = None) -> str:
    """Events as the lines of a cell; a bare cancellation on ``cancelled_on`` has its own column."""
    bare = None if cancelled_on is None else Event(EventKind.CANCELLATION, cancelled_on)
    return "\n".join(_line(event) for event in events if event != bare)


def read_events(
    text: str, cancelled_on: date | None = None
) -> tuple[tuple[Event, ...], tuple[Fault, ...]]:
    """The events in a cell, with the cancellation that has its own, and what is wrong with it.

    An impossible date or amount is an error; a line that is no event is a warning, because a
    ledger may keep remarks under the same header.
    """
    if not text and cancelled_on is None:  # as nearly everywhere
        return (), ()
    events: list[Event] = []
    faults: list[Fault] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        try:
            event = _event(line)
        except (DateError, MoneyError) as error:
            faults.append(Fault("events", error.rule, line, error.text))
            continue
        if event is None:
            said = tr("后续事项「{line}」没有读懂，未采用；{how}", line=line[:60], how=_HOW)
            faults.append(Fault("events", "event_not_read", line, said, is_error=False))
        else:
            events.append(event)
    told = ((event.kind, event.happened_on) for event in events)
    if cancelled_on is not None and (EventKind.CANCELLATION, cancelled_on) not in told:
        events.append(Event(EventKind.CANCELLATION, cancelled_on))
    return tuple(events), tuple(faults)


def _line(event: Event) -> str:
    said = "；".join(_parts(event))
    return f"{event.happened_on} {event.kind.label_zh}{'：' if said else ''}{said}"


def _parts(event: Event) -> Iterator[str]:
    if event.secured_amount_fen is not None:
        yield f"担保债权额 {plain_wan(event.secured_amount_fen)} 万元"
    if event.term_end is not None:
        yield f"债务履行期限止 {event.term_end}"
    for change in event.changes:
        item, before, after = map(_quoted, (change.item, change.before, change.after))
        yield f"{item}：{before}→{after}"
    if event.note:
        yield f"备注 {_quoted(event.note)}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _event(line: str) -> Event | None:
    head = _HEAD.match(line)
    if head is None:
        return None
    happened_on = read_date(head[1])
    amount, term_end, note = None, None, ""
    changes: list[Change] = []
    at = head.end()
    while at < len(line):
        part = _PART.match(line, at)
        if part is None:
            return None
        at = part.end()
        try:
            if part["amount"]:
                amount = parse_fen(part["amount"], None)
            elif part["term"]:
                term_end = read_date(part["term"])
            elif part["note"]:
                note = json.loads(part["note"])
            else:
                words = (json.loads(part[name]) for name in ("item", "before", "after"))
                changes.append(Change(*words))
        except json.JSONDecodeError:
            return None
    return Event(_KINDS[head[2]], happened_on, amount, term_end, tuple(changes), note)
