"""Totals by what a registration may have several of: enterprises, lenders, rights, sizes.

A joint registration counts in full under each of its members, so the rows of such a table do
not add up; the total beside them is counted on its own, as everywhere.
"""

from collections.abc import Sequence
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.sums import HEAD_KEY, WINDOW, window_arguments
from ipfinance.db.totals import Group, Totals
from ipfinance.domain.industries import Industry
from ipfinance.domain.pledge import Kind, PledgeeKind, RightKind, Size
from ipfinance.language import tr, word

# Which registrations of the window each key has, every pair once.
_MEMBERS = {
    Group.ENTERPRISE: """
        SELECT DISTINCT party.pledge, CAST(party.enterprise AS TEXT) AS key
        FROM pledge JOIN pledge_pledgor AS party ON party.pledge = pledge.id
        WHERE {window} AND party.enterprise IS NOT NULL""",
    Group.PLEDGEE: """
        SELECT DISTINCT party.pledge, CAST(party.pledgee AS TEXT) AS key
        FROM pledge JOIN pledge_pledgee AS party ON party.pledge = pledge.id
        WHERE {window}""",
    Group.HEAD_BANK: f"""
        SELECT DISTINCT party.pledge, {HEAD_KEY} AS key
        FROM pledge JOIN pledge_pledgee AS party ON party.pledge = pledge.id
            JOIN pledgee ON pledgee.id = party.pledgee
        WHERE {{window}}""",
    Group.PLEDGEE_KIND: """
        SELECT DISTINCT party.pledge, coalesce(pledgee.kind, '') AS key
        FROM pledge JOIN pledge_pledgee AS party ON party.pledge = pledge.id
            JOIN pledgee ON pledgee.id = party.pledgee
        WHERE {window}""",
    Group.RIGHT_KIND: """
        SELECT DISTINCT link.pledge, ip_right.kind AS key
        FROM pledge JOIN pledge_right AS link ON link.pledge = pledge.id
            JOIN ip_right ON ip_right.id = link.ip_right
        WHERE {window}""",
    Group.SIZE: """
        SELECT DISTINCT party.pledge, coalesce(party.size, '') AS key
        FROM pledge JOIN pledge_pledgor AS party ON party.pledge = pledge.id
        WHERE {window}""",
    Group.INDUSTRY: """
        SELECT DISTINCT party.pledge, coalesce(party.industry, '') AS key
        FROM pledge JOIN pledge_pledgor AS party ON party.pledge = pledge.id
        WHERE {window}""",
}
# Which of the parties and rights of its registrations belong to a key itself.
_OWN_PARTY = {
    Group.ENTERPRISE: "AND CAST(party.enterprise AS TEXT) = member.key",
    Group.SIZE: "AND coalesce(party.size, '') = member.key",
    Group.INDUSTRY: "AND coalesce(party.industry, '') = member.key",
}
_OWN_PLEDGEE = {
    Group.PLEDGEE: "AND CAST(party.pledgee AS TEXT) = member.key",
    Group.HEAD_BANK: f"AND {HEAD_KEY} = member.key",
    Group.PLEDGEE_KIND: "AND coalesce(pledgee.kind, '') = member.key",
}
_OWN_RIGHT = {Group.RIGHT_KIND: "AND ip_right.kind = member.key"}

_PLEDGES = """
    WITH member AS ({members})
    SELECT member.key, count(*) AS registrations,
        coalesce(sum(pledge.secured_amount_fen), 0) AS secured_amount_fen,
        sum(pledge.secured_amount_fen IS NULL) AS amount_missing,
        sum(pledge.rights_count) AS rights, sum(pledge.rights_count) AS rights_distinct
    FROM member JOIN pledge ON pledge.id = member.pledge GROUP BY 1
"""
_ENTERPRISES = """
    WITH member AS ({members})
    SELECT member.key, count(DISTINCT party.enterprise) AS enterprises,
        count(DISTINCT CASE WHEN party.secured_amount_fen <= :threshold_fen
              THEN party.enterprise END) AS inclusive_enterprises
    FROM member JOIN pledge_pledgor AS party ON party.pledge = member.pledge {own}
    GROUP BY 1
"""
_PLEDGEES = """
    WITH member AS ({members})
    SELECT member.key, count(DISTINCT party.pledgee) AS pledgees
    FROM member JOIN pledge_pledgee AS party ON party.pledge = member.pledge
        JOIN pledgee ON pledgee.id = party.pledgee {own}
    GROUP BY 1
"""
_RIGHTS = """
    WITH member AS ({members})
    SELECT member.key, count(*) AS listed, count(DISTINCT link.ip_right) AS distinct_rights
    FROM member JOIN pledge_right AS link ON link.pledge = member.pledge
        JOIN ip_right ON ip_right.id = link.ip_right {own}
    GROUP BY 1
"""
_NAMES = {
    Group.ENTERPRISE: "SELECT CAST(id AS TEXT) AS key, name FROM enterprise",
    Group.PLEDGEE: "SELECT CAST(id AS TEXT) AS key, name FROM pledgee",
    # Of several spellings of a head the one met first; its own name where none was told.
    Group.HEAD_BANK: f"""
        SELECT {HEAD_KEY} AS key, coalesce(nullif(head_name, ''), name) AS name
        FROM pledgee ORDER BY id DESC""",
}
_WORDS: dict[Group, Sequence[PledgeeKind | RightKind | Size | Industry]] = {
    Group.PLEDGEE_KIND: tuple(PledgeeKind),
    Group.RIGHT_KIND: tuple(RightKind),
    Group.SIZE: tuple(Size),
    Group.INDUSTRY: tuple(Industry),
}
UNKNOWN = word("未填写")
"""The name of the row of what nobody filled in."""


def member_totals(
    store: Store,
    group: Group,
    start: date,
    end: date,
    kinds: Sequence[Kind],
    threshold_fen: int,
) -> dict[str, Totals]:
    """Totals from ``start`` to ``end``, both included, by member key.

    The key is the store's number of an enterprise or a pledgee, the normalised name of a head
    bank, or the stored word of a kind, size or industry, "" where it is unknown.
    By kind of right only the rights of that kind count.
    """
    arguments = {**window_arguments(start, end, kinds), "threshold_fen": threshold_fen}
    members = _MEMBERS[group].format(window=WINDOW)
    measured: dict[str, dict[str, int]] = {}
    for sql, own in (
        (_PLEDGES, ""),
        (_ENTERPRISES, _OWN_PARTY.get(group, "")),
        (_PLEDGEES, _OWN_PLEDGEE.get(group, "")),
        (_RIGHTS, _OWN_RIGHT.get(group, "")),
    ):
        for row in store.connection.execute(sql.format(members=members, own=own), arguments):
            told = dict(row)
            cell = measured.setdefault(told.pop("key"), {})
            if "listed" not in told:
                cell.update(told)
            elif own:
                cell["rights"], cell["rights_distinct"] = told["listed"], told["distinct_rights"]
            else:
                cell["rights_distinct"] += told["distinct_rights"] - told["listed"]
    return {key: Totals(**cell) for key, cell in measured.items()}


def member_names(store: Store, group: Group, keys: Sequence[str]) -> list[tuple[str, str]]:
    """Each key with the name that stands in the row, in the order of the rows.

    Kinds, sizes and industries come in their own order, enterprises and lenders as given.
    """
    if group in _WORDS:
        known = [(one.value, one.label) for one in _WORDS[group] if one.value in keys]
        return known + ([("", tr(UNKNOWN))] if "" in keys else [])
    names = {row["key"]: row["name"] for row in store.connection.execute(_NAMES[group])}
    return [(key, names[key]) for key in keys]
