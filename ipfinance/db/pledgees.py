"""Pledgees with what they took in pledge, and correcting what is known of one."""

from dataclasses import dataclass
from datetime import date

from ipfinance.db.act_words import ActWords
from ipfinance.db.connection import Store
from ipfinance.db.ledger_filter import ALIVE
from ipfinance.db.party_names import Party, rename
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import PledgeeKind


@dataclass(frozen=True, slots=True)
class PledgeeRow:
    """One pledgee; ``head`` is its head bank, or its own name; ``live`` are those outstanding.

    Only counted registrations of patents and trademarks; amounts in 分, the whole amount in the
    row of each who took part.
    """

    id: int
    name: str
    kind: PledgeeKind | None
    head: str
    registrations: int
    secured_amount_fen: int
    live: int


_ROWS = f"""
    SELECT pledgee.id, pledgee.name, pledgee.kind, coalesce(nullif(head_name, ''), name) AS head,
        coalesce(sum(of.counts), 0) AS registrations, coalesce(sum(of.amount), 0) AS amount,
        coalesce(sum(of.live), 0) AS live
    FROM pledgee LEFT JOIN (
        SELECT DISTINCT link.pledgee, pledge.id, 1 AS counts,
            pledge.secured_amount_fen AS amount, {ALIVE} AS live
        FROM pledge_pledgee AS link JOIN pledge ON pledge.id = link.pledge
        WHERE pledge.counted = 1 AND pledge.kind IN ('patent', 'trademark')) AS of
        ON of.pledgee = pledgee.id
    WHERE NOT EXISTS (SELECT 1 FROM merger WHERE party = 'pledgee' AND gone = pledgee.id)
        AND (:text = '' OR instr(name_key, :key) OR instr(head_key, :key)
             OR initials >= :text AND initials < :text || char(1114111)
             OR pledgee.id IN (SELECT pledgee FROM former_name WHERE instr(name_key, :key)))
    GROUP BY pledgee.id
"""
_DETAILS = "SELECT kind, head_name FROM pledgee WHERE id = ?"
_CORRECT = "UPDATE pledgee SET kind = ?, head_name = ?, head_key = ? WHERE id = ?"


def pledgee_rows(store: Store, text: str, today: date) -> list[PledgeeRow]:
    """The pledgees whose name, head bank, former name or initials hold ``text``."""
    asked = {"text": text.strip().lower(), "key": name_key(text), "today": today.isoformat()}
    return [
        PledgeeRow(
            id=row["id"],
            name=row["name"],
            kind=PledgeeKind(row["kind"]) if row["kind"] else None,
            head=row["head"],
            registrations=row["registrations"],
            secured_amount_fen=row["amount"],
            live=row["live"],
        )
        for row in store.connection.execute(_ROWS, asked)
    ]


def details(store: Store, number: int) -> tuple[PledgeeKind | None, str]:
    """Kind and head bank of one pledgee, "" where no head was told."""
    row = store.connection.execute(_DETAILS, (number,)).fetchone()
    return PledgeeKind(row["kind"]) if row["kind"] else None, row["head_name"]


def correct(store: Store, number: int, name: str, kind: PledgeeKind | None, head: str) -> None:
    """Correct what is known of a pledgee as one act; a name it had stays a former one.

    Raises:
        UserError: when the name is blank, or that of another pledgee; nothing is written.
    """
    head = head.strip()
    with store.act(ActWords.PLEDGEE.format(name=name.strip())):
        was = details(store, number)
        rename(store, Party.PLEDGEE, number, name)
        if (kind, head) != was:
            value = kind.value if kind else None
            store.connection.execute(_CORRECT, (value, head, name_key(head), number))
