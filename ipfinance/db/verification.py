"""Checks a store from the file's pages up to what its figures rest on."""

import json
import sqlite3
from collections.abc import Iterator

from ipfinance.db.connection import Store
from ipfinance.language import tr

_AT_MOST = 20  # of one sort; a store that lost a table would otherwise tell of every row

# Each query gives the registrations, or other rows, that are not as they must be.
_CHECKS: tuple[tuple[str, str], ...] = (
    *(
        (
            tr("{what}所带的登记日期、类型、地区、金额或计数标记与登记不一致", what=label),
            f"""
            SELECT party.pledge FROM {table} AS party JOIN pledge ON pledge.id = party.pledge
            WHERE {" OR ".join(f"party.{each} IS NOT pledge.{each}" for each in columns)}
            """,
        )
        for table, label, columns in (
            (
                "pledge_pledgor",
                tr("出质人"),
                ("registered_on", "kind", "secured_amount_fen", "counted"),
            ),
            (
                "pledge_pledgee",
                tr("质权人"),
                ("registered_on", "kind", "city", "county", "counted"),
            ),
            (
                "pledge_right",
                tr("权利"),
                ("registered_on", "kind", "city", "county", "counted"),
            ),
        )
    ),
    (
        tr("没有第一出质人，或登记的地区不是第一出质人的地区"),
        """
        SELECT pledge.id FROM pledge LEFT JOIN pledge_pledgor AS party
            ON party.pledge = pledge.id AND party.position = 1
        WHERE party.id IS NULL OR party.city IS NOT pledge.city
            OR party.county IS NOT pledge.county
        """,
    ),
    (
        tr("件数与所列权利不一致"),
        """
        SELECT pledge.id FROM pledge LEFT JOIN (
            SELECT pledge, count(*) AS listed FROM pledge_right GROUP BY pledge
        ) AS rights ON rights.pledge = pledge.id
        WHERE pledge.rights_count <> coalesce(listed, pledge.rights_declared, 0)
        """,
    ),
    (
        tr("终止日期或终止原因与事件不一致"),
        """
        SELECT pledge.id FROM pledge WHERE ended_on IS NOT (
            SELECT min(happened_on) FROM event
            WHERE pledge = pledge.id AND kind NOT IN ('change', 'extension')
        ) OR ended_by IS NOT (
            SELECT kind FROM event
            WHERE pledge = pledge.id AND kind NOT IN ('change', 'extension')
            ORDER BY happened_on, id LIMIT 1)
        """,
    ),
    (
        tr("计数标记与事件或删除状态不一致"),
        """
        SELECT pledge.id FROM pledge WHERE counted <> (
            deleted_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM event WHERE pledge = pledge.id
                AND kind IN ('revocation', 'refusal', 'withdrawal')))
        """,
    ),
    (
        tr("出质人的县（市、区）在登记日期当天不存在，或不属于所写的设区市"),
        """
        SELECT party.pledge FROM pledge_pledgor AS party
        WHERE county IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM division WHERE code = party.county AND parent = party.city
            AND coalesce(valid_from, '') <= party.registered_on
            AND coalesce(valid_to, '9999') >= party.registered_on)
        """,
    ),
    (
        tr("出质人的设区市不在行政区划表里"),
        """
        SELECT party.pledge FROM pledge_pledgor AS party
        WHERE city NOT IN (SELECT code FROM division WHERE level = 'city')
        """,
    ),
    (
        tr("事件早于登记日期"),
        """
        SELECT event.pledge FROM event JOIN pledge ON pledge.id = event.pledge
        WHERE event.happened_on < pledge.registered_on
        """,
    ),
)
# What was removed for good since is known to the history alone.
_BATCHES = """
    WITH removed AS (
        SELECT json_extract(before, '$.batch') AS batch, count(DISTINCT entity_row) AS count
        FROM history WHERE entity = 'pledge' AND operation = 'delete'
            AND NOT EXISTS (SELECT 1 FROM pledge WHERE pledge.id = entity_row)
        GROUP BY 1)
    SELECT batch.file_name, new_count,
        (SELECT count(*) FROM pledge WHERE pledge.batch = batch.id)
            + coalesce(removed.count, 0) AS kept
    FROM batch LEFT JOIN removed ON removed.batch = batch.id WHERE new_count <> kept
"""
_NAMED = "SELECT coalesce(reg_no, registered_on) FROM pledge WHERE id = ?"

# The newest record of each row that was changed or deleted.
_LAST_RECORDS = """
    SELECT entity, entity_row, operation, after FROM history WHERE id IN (
        SELECT max(id) FROM history WHERE operation <> 'insert' GROUP BY entity, entity_row)
    ORDER BY entity
"""
_TABLES = "SELECT DISTINCT entity FROM history"
# These follow from elsewhere and may differ from the newest record.
_DERIVED = {
    "enterprise": {"pinyin"},
    "pledgee": {"pinyin"},
    "pledge_pledgor": {"registered_on", "kind", "secured_amount_fen", "counted"},
    "pledge_pledgee": {"registered_on", "kind", "city", "county", "counted"},
    "pledge_right": {"registered_on", "kind", "city", "county", "counted"},
}


def verify(store: Store) -> list[str]:
    """Everything that is wrong with a store, a sentence each; empty when it is sound."""
    damage = list(_damage(store))
    if damage:
        # What the pages hold cannot be trusted to say more.
        return damage
    found = [
        *_shortened(_references(store), tr("引用了不存在的记录")),
        *(
            sentence
            for words, sql in _CHECKS
            for sentence in _shortened(_registrations(store, words, sql), words)
        ),
        *_batches(store),
        *_shortened(_history(store), tr("与操作历史不符")),
    ]
    return found


def _damage(store: Store) -> Iterator[str]:
    try:
        for (said,) in store.connection.execute(f"PRAGMA integrity_check({_AT_MOST})"):
            if said != "ok":
                yield tr("文件损坏：{said}", said=said)
    except sqlite3.DatabaseError as error:
        yield tr("文件损坏：{error}", error=error)


def _references(store: Store) -> Iterator[str]:
    for table, row, parent, _ in store.connection.execute("PRAGMA foreign_key_check"):
        yield tr(
            "{table} 第 {row} 行引用了 {parent} 中不存在的记录", table=table, row=row, parent=parent
        )


def _registrations(store: Store, words: str, sql: str) -> Iterator[str]:
    for (number,) in store.connection.execute(sql):
        named = store.connection.execute(_NAMED, (number,)).fetchone()
        yield tr("登记 {named}：{words}", named=named[0] if named else number, words=words)


def _batches(store: Store) -> Iterator[str]:
    for name, counted, kept in store.connection.execute(_BATCHES):
        yield tr(
            "导入批次 {name}：记载新增 {counted} 笔，实际有 {kept} 笔",
            name=name,
            counted=counted,
            kept=kept,
        )


def _history(store: Store) -> Iterator[str]:
    """Rows that are not what the history says of them, so were written past its triggers."""
    for (table,) in store.connection.execute(_TABLES).fetchall():
        for (number,) in store.connection.execute(
            f"SELECT id FROM {table} EXCEPT SELECT came.id FROM history CROSS JOIN {table} AS came"
            f" ON came.id BETWEEN entity_row AND coalesce(last_row, entity_row)"
            f" WHERE entity = '{table}' AND operation IN ('insert', 'delete')"
        ):
            yield tr("{table} 第 {number} 行没有来历", table=table, number=number)
    for table, number, operation, after in store.connection.execute(_LAST_RECORDS):
        row = store.connection.execute(f"SELECT * FROM {table} WHERE id = ?", (number,)).fetchone()
        if operation == "update" and row is None:
            yield tr("{table} 第 {number} 行已不存在，历史里却没有删除", table=table, number=number)
        elif operation == "update":
            derived = _DERIVED.get(table, set())
            differing = [
                column
                for column, value in json.loads(after).items()
                if column not in derived and row[column] != value
            ]
            if differing:
                yield tr(
                    "{table} 第 {number} 行的 {differing} 与操作历史不符",
                    table=table,
                    number=number,
                    differing="、".join(differing),
                )


def _shortened(sentences: Iterator[str], words: str) -> Iterator[str]:
    """The first of many sentences, and how many more there are."""
    more = 0
    for place, sentence in enumerate(sentences):
        if place < _AT_MOST:
            yield sentence
        else:
            more += 1
    if more:
        yield tr("还有 {more} 处：{words}", more=more, words=words)
