"""Pledgees with what they took in pledge, and correcting what is known of one."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from ipfinance.db.act_words import ActWords
from ipfinance.db.connection import Store
from ipfinance.db.ledger_filter import ALIVE
from ipfinance.db.party_names import Party, no_longer_there, rename
from ipfinance.db.typed import PLEDGEES_FOUND, typed
from ipfinance.domain.names import name_key
from ipfinance.domain.pledge import PledgeeKind

if TYPE_CHECKING:
    from ipfinance.db.party_sums import PartySums


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
    SELECT id, name, kind, coalesce(nullif(head_name, ''), name) AS head FROM pledgee
    WHERE NOT EXISTS (SELECT 1 FROM merger WHERE party = 'pledgee' AND gone = pledgee.id)
        AND (:name = '' OR :key <> '' AND instr(head_key, :key) OR id IN ({PLEDGEES_FOUND}))
"""
_SUMS = f"""
    SELECT pledgee, count(*), coalesce(sum(secured_amount_fen), 0), sum({ALIVE})
    FROM (SELECT DISTINCT pledgee, pledge FROM pledge_pledgee) AS link
    JOIN pledge ON pledge.id = link.pledge
    WHERE counted = 1 AND kind IN ('patent', 'trademark') GROUP BY pledgee
"""
_DETAILS = "SELECT kind, head_name FROM pledgee WHERE id = ?"
_CORRECT = "UPDATE pledgee SET kind = ?, head_name = ?, head_key = ? WHERE id = ?"


def pledgee_rows(
    store: Store, text: str, today: date, sums: "PartySums | None" = None
) -> list[PledgeeRow]:
    """The pledgees found by ``text``, as `db.typed` says, or by the name of their head bank.

    ``sums`` is what they come to, where that is known already.
    """
    own = _counted(sums) if sums is not None else _read(store, today)
    rows = store.connection.execute(_ROWS, asdict(typed(text.strip())))
    return [
        PledgeeRow(
            row["id"],
            row["name"],
            PledgeeKind(row["kind"]) if row["kind"] else None,
            row["head"],
            *own.get(row["id"], (0, 0, 0)),
        )
        for row in rows
    ]


def _read(store: Store, today: date) -> dict[int, tuple[int, int, int]]:
    rows = store.connection.execute(_SUMS, {"today": today.isoformat()})
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _counted(sums: "PartySums") -> dict[int, tuple[int, int, int]]:
    columns = (sums.ids, sums.registrations, sums.secured_amount.clip(min=0), sums.live)
    return {
        number: (registrations, amount, live)
        for number, registrations, amount, live in zip(
            *(column.tolist() for column in columns), strict=True
        )
    }


def details(store: Store, number: int) -> tuple[PledgeeKind | None, str]:
    """Kind and head bank of one pledgee, "" where no head was told.

    Raises:
        UserError: when it is gone.
    """
    row = store.connection.execute(_DETAILS, (number,)).fetchone()
    if row is None:
        raise no_longer_there(Party.PLEDGEE)
    return PledgeeKind(row["kind"]) if row["kind"] else None, row["head_name"]


def correct(store: Store, number: int, name: str, kind: PledgeeKind | None, head: str) -> None:
    """Correct what is known of a pledgee as one act; a name it had stays a former one.

    Raises:
        UserError: when the name is blank or that of another pledgee, or the pledgee is gone;
            nothing is written.
    """
    head = head.strip()
    with store.act(ActWords.PLEDGEE.format(name=name.strip())):
        was = details(store, number)
        rename(store, Party.PLEDGEE, number, name)
        if (kind, head) != was:
            value = kind.value if kind else None
            store.connection.execute(_CORRECT, (value, head, name_key(head), number))
