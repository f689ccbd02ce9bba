"""Which stored registration a row of an import is: by its 登记号, else by what it says."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.matching import (
    Candidate,
    on_days,
    with_number_in_doubt,
    with_reg_nos,
    without_reg_no,
)
from ipfinance.db.pledges import count, find
from ipfinance.domain.cells import Cell
from ipfinance.domain.pledge import Pledge
from ipfinance.domain.reading import Reading
from ipfinance.intake.ledgers import Draft, number_key
from ipfinance.intake.likeness import agree, pledgor_names, says_the_same

Claim = tuple[str, str]
"""What no other registration may have: the kind, as shown, and the 登记号."""
Read = tuple[Draft, Reading]
_Asked = tuple[int, Pledge, list[int]]  # place in the page, what was read, which it may be


def claim_of(
    draft: Draft, pledge: Pledge | None, cells: Mapping[str, Cell] | None = None
) -> Claim | None:
    """The claim of a row, from its cells where nothing could be read."""
    if pledge is None:
        return number_key(draft.cells if cells is None else cells)
    return (pledge.kind.label_zh, pledge.reg_no) if pledge.reg_no else None


class Matcher:
    """Matches the rows of one import, page by page; no stored registration is two of them.

    ``is_empty`` tells of a store without registrations.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.is_empty = count(store) == 0
        self._numberless = [] if self.is_empty else without_reg_no(store)
        self._in_doubt = {} if self.is_empty else with_number_in_doubt(store)
        self._taken: set[int] = set()

    def take(self, number: int) -> None:
        """Keep a stored registration from being that of another row."""
        self._taken.add(number)

    def stored(
        self, read: Sequence[Read], is_hopeless: Callable[[Draft, Reading], bool]
    ) -> dict[int, tuple[Pledge, int]]:
        """For each draft of a page, by its ``id``, the stored registration it may be.

        One that cannot come in, as ``is_hopeless`` tells, is matched by its number alone: it
        keeps nothing from being another's.
        """
        if self.is_empty:
            return {}
        keys = [claim_of(draft, reading.pledge) for draft, reading in read]
        numbers = with_reg_nos(self._store, [key[1] for key in keys if key])
        by_number = {(kind.label_zh, reg_no): number for (kind, reg_no), number in numbers.items()}
        loose: dict[str, list[int]] = {}
        for (_, reg_no), number in numbers.items():
            loose.setdefault(reg_no, []).append(number)
        matched: dict[int, int] = {
            place: by_number[key] for place, key in enumerate(keys) if key and key in by_number
        }
        self._match_in_doubt(read, matched)
        # What a row names by kind and number is no other row's, however alike that may be.
        self._taken.update(matched.values())
        open_ones: list[tuple[int, Pledge]] = []
        for place, ((_, reading), key) in enumerate(zip(read, keys, strict=True)):
            if place in matched:
                continue
            named = loose.get(key[1], []) if key and not key[0] else []
            if len(named) == 1 and named[0] not in self._taken:
                matched[place] = named[0]  # the file does not say which kind
            elif reading.pledge is not None and not is_hopeless(*read[place]):
                open_ones.append((place, reading.pledge))
        self._match_by_content(open_ones, matched)
        pledges = {pledge.id: pledge for pledge in find(self._store, set(matched.values()))}
        return {
            id(read[place][0]): (pledges[number], number)
            for place, number in matched.items()
            if number in pledges
        }

    def _match_in_doubt(self, read: Sequence[Read], matched: dict[int, int]) -> None:
        """Match those that came in without their number because another registration bears it.

        They come again under that number, or with it as the one in doubt, and are known by what
        else they say; one that says what the bearer of the number says is still the bearer.
        """
        asked: list[_Asked] = []
        for place, (_, reading) in enumerate(read if self._in_doubt else ()):
            pledge = reading.pledge
            if pledge is None:
                continue
            reg_no = pledge.reg_no or pledge.reg_no_in_doubt or ""
            ids = _alike(pledge, self._in_doubt.get((pledge.kind, reg_no), ()))
            if ids:
                bearer = [matched[place]] if place in matched else []
                asked.append((place, pledge, bearer + ids))
        self._match_first(asked, matched)

    def _match_by_content(
        self, open_ones: Sequence[tuple[int, Pledge]], matched: dict[int, int]
    ) -> None:
        """Match registrations without a number, and those whose stored one has none yet."""
        days = {pledge.registered_on for _, pledge in open_ones if pledge.reg_no is None}
        of_days = _by_day(on_days(self._store, days)) if days else {}
        numberless = _by_day(self._numberless)
        asked: list[_Asked] = []
        for place, pledge in open_ones:
            known = of_days if pledge.reg_no is None else numberless
            ids = _alike(pledge, known.get(pledge.registered_on, ()))
            if ids:
                asked.append((place, pledge, ids))
        self._match_first(asked, matched)

    def _match_first(self, asked: Sequence[_Asked], matched: dict[int, int]) -> None:
        """Give each the first of those it may be that says all that it says."""
        wanted = {number for _, _, ids in asked for number in ids}
        candidates = {pledge.id: pledge for pledge in find(self._store, sorted(wanted))}
        names = pledgor_names(self._store, candidates.values())
        for place, pledge, ids in asked:
            for number in ids:
                stored = candidates[number]
                is_free = number not in self._taken and _may_be(pledge, stored)
                if is_free and says_the_same(pledge, stored, names):
                    self._taken.add(number)
                    matched[place] = number
                    break


def _alike(pledge: Pledge, candidates: Sequence[Candidate]) -> list[int]:
    return [candidate.id for candidate in candidates if _may_be(pledge, candidate)]


def _may_be(pledge: Pledge, stored: Candidate | Pledge) -> bool:
    """Whether kind, day and amount let a row be a stored registration."""
    return (
        pledge.kind is stored.kind
        and pledge.registered_on == stored.registered_on
        and agree(pledge.secured_amount_fen, stored.secured_amount_fen)
    )


def _by_day(candidates: Sequence[Candidate]) -> dict[date, list[Candidate]]:
    days: dict[date, list[Candidate]] = {}
    for candidate in candidates:
        days.setdefault(candidate.registered_on, []).append(candidate)
    return days
