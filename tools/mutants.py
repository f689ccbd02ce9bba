"""Damaged workbooks, text files and notices, each the same for its number: what a fuzz run feeds.

Three depths: bytes of the file as a whole, parts and XML inside a zip that itself stays sound,
and single cells of a ledger that is otherwise in order.
"""

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl

LEDGERS = Path(__file__).parents[1] / "tests" / "data" / "ledgers"
GAZETTE = Path(__file__).parents[1] / "tests" / "data" / "gazette_notices.jsonl"

HEADERS = (
    *("质押类型", "登记号", "登记日期", "出质人", "统一社会信用代码", "设区市", "县(市、区)"),
    *("质权人", "质权人类型", "担保债权额(万元)", "贷款额(万元)", "专利号/商标注册号", "权利名称"),
    *("件数", "债务履行期限起", "债务履行期限止", "注销日期", "办理渠道", "备注"),
)
_SOUND: tuple[tuple[object, ...], ...] = (
    (
        *("专利", "Y2019330000123", "2019-03-05", "示例甲精密机械有限公司", "91330106MA27W50P3W"),
        *("杭州市", "滨江区", "示例银行杭州分行", "银行", 500, 300, "ZL201920000017.5", "一种装置"),
        *(1, "2019-03-01", "2022-02-28", "", "线上", ""),
    ),
    (
        *("商标", "商质2019001", "2019年4月1日", "示例乙食品有限公司；王某（自然人）", ""),
        *(
            "宁波市",
            "海曙区",
            "示例小贷公司",
            "小贷",
            "1.2亿元",
            "",
            "12345678；G1234567",
            "甲；乙",
        ),
        *(2, "", "", "2020/5/6", "窗口", "两个出质人"),
    ),
    (
        *(
            "专利",
            "",
            "20190506",
            "示例丙轴承有限公司",
            "",
            "湖州市",
            "德清县",
            "示例农商行",
            "农信",
        ),
        *(12.345, "", "201810000028.3、201080000042.5", "", "", "", "", "", "", "没有登记号"),
    ),
)
_HOSTILE_CELLS: tuple[object, ...] = (
    *("", " ", "0", "-1", "1e308", "NaN", "inf", "#REF!", "#N/A", "=1+1", "'", '"', "\t", "\n"),
    *("9.13301E+17", "2019-02-30", "2019-13-01", "0000-00-00", "9999-12-31", "2019", "3月5日"),
    *("１２３４５６７８９", "５００万", "￥5,000,000", "1亿2000万元", "500万美元", "5百", "3,00"),
    *("CN112272063B", "ZL", "ZL2019", "201920000017.X", "G" * 400, "；；；", "、", "（", "）（"),
    *("合计", "小计", "备注：", "登记号", "出质人", "单位：万元", "著作权", "软件", "不存在的区"),
    *("\u202e反", "\ufeff", "\u200b", "𠮷野家有限公司", "甲" * 40_000, "1" * 400, "９" * 30),
    *(0, -5, 1, 1e15, 1e300, 123456789012345678, 43529, 2958466, 0.000001, 1.005, True, None),
    *("=HYPERLINK(1)", "<c/>", "&amp;", "&#0;", "\\x00", "%s%n", "../../x", "'; DROP TABLE pledge"),
)
_HOSTILE_XML: tuple[bytes, ...] = (
    *(b"", b"-1", b"0", b"1", b"99999999999", b"1e400", b"NaN", b"&lt;", b"&#0;", b"&bad;", b"]]>"),
    *(b"A1048577", b"XFE1", b"ZZZZ9", b"A0", b"1A", b"s", b"e", b"b", b"inlineStr", b"str", b"d"),
    *(b"#REF!", b"<c/>", b"<row>", b"</row>", b"<f>1+1</f>", b"<!-- -->", b"<![CDATA[x]]>"),
    *("合计".encode(), "九".encode("gb18030"), b"\xff\xfe", b"\0", b" " * 300, b"9" * 400),
)
_NOTICE_PIECES = (
    *("专利权质押合同登记的生效", "专利权质押合同登记的变更", "专利权质押合同登记的注销"),
    *(
        "专利权的转移",
        "未缴年费专利权终止",
        "登记号:",
        "登记生效日：",
        "出质人:",
        "质权人：",
        "变更前:",
    ),
    *("变更后:", "变更事项:担保债权数额", "解除日:", "专利号:ZL", "IPC(主分类):", "申请日:"),
    *(
        ";",
        "；",
        "，",
        "\n",
        "\t",
        "&nbsp;",
        "：",
        "(",
        "）",
        "。",
        "\ufeff",
        "\0",
        "９",
        "<br>",
        "∶",
    ),
    *("20190230", "2019.01.02", "99991231", "Y2019330000123", "1" * 300, "甲" * 3000, "500万元"),
)


def ledgers() -> list[tuple[str, bytes]]:
    """Sound ledgers of every format, as suffix and content."""
    made = [(path.suffix, path.read_bytes()) for path in sorted(LEDGERS.glob("city_report.x*"))]
    made.append((".ods", (LEDGERS / "city_report.ods").read_bytes()))
    small = _workbook([HEADERS, *_SOUND])
    text = _text([HEADERS, *_SOUND])
    made += [(".xlsx", small)] * 4
    made += [(".csv", text.encode(encoding)) for encoding in ("utf-8-sig", "gb18030", "utf-16")]
    return made


def notices() -> list[str]:
    """The known layouts of notices, and a table of a register."""
    import json

    lines = GAZETTE.read_text(encoding="utf-8").splitlines()
    told = [str(json.loads(line)["raw_text"]) for line in lines]
    head = "登记号\t登记生效日\t出质人\t质权人\t专利号\t事务\n"
    row = "Y2019330000123\t2019-11-08\t杭州示例甲科技有限公司\t示例银行\t201920000017.5\t"
    return [*told, "\n".join(told), f"{head}{row}专利权质押合同登记的生效\n"]


def damaged_ledger(number: int, sound: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    """The damaged ledger of a number: its suffix and its content."""
    dice = random.Random(number)
    suffix, content = dice.choice(sound)
    depth = dice.random()
    if depth < 0.3:
        suffix, content = _with_damaged_cells(dice)
    elif depth < 0.65 and content.startswith(b"PK"):
        content = _repacked(content, dice)
    else:
        content = damaged_bytes(content, dice)
    if dice.random() < 0.05:
        suffix = dice.choice((".xlsx", ".xls", ".ods", ".csv", ".tsv", ".txt", ".doc", ""))
    return suffix, content


def damaged_notice(number: int, sound: Sequence[str]) -> bytes:
    """The damaged text of notices of a number."""
    dice = random.Random(number)
    letters = list(dice.choice(sound))
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(letters) + 1)
        change = dice.randrange(4)
        if change == 0:
            del letters[at : at + dice.randint(1, 12)]
        elif change == 1:
            letters[at:at] = dice.choice(_NOTICE_PIECES)
        elif change == 2:
            letters[at:at] = letters[max(at - dice.randint(1, 60), 0) : at]
        else:
            letters[at : at + 1] = chr(dice.choice((0x30, 0x3000, 0x4E00, 0xD7FF, 0x1F600)))
    content = "".join(letters).encode(dice.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16")))
    return damaged_bytes(content, dice) if dice.random() < 0.2 else content


def damaged_bytes(content: bytes, dice: random.Random) -> bytes:
    """Bytes exchanged, taken out, put in, doubled or cut off, a few times."""
    made = bytearray(content)
    for _ in range(dice.randint(1, 6)):
        at, length = dice.randrange(len(made) + 1), dice.choice((1, 1, 2, 4, 40, 4000))
        change = dice.randrange(6)
        if change == 0:
            made[at : at + 1] = bytes([dice.randrange(256)])
        elif change == 1:
            del made[at : at + length]
        elif change == 2:
            made[at:at] = dice.choice(_HOSTILE_XML)
        elif change == 3:
            made[at:at] = made[at : at + length]
        elif change == 4:
            made[at : at + length] = dice.randbytes(min(length, 40))
        elif dice.random() < 0.3:
            del made[at:]
    return bytes(made)


def _with_damaged_cells(dice: random.Random) -> tuple[str, bytes]:
    sound = [list(dice.choice(_SOUND)) for _ in range(dice.randint(1, 6))]
    rows: list[list[object]] = [list(HEADERS), *sound]
    for _ in range(dice.randint(1, 8)):
        row = dice.choice(rows) if dice.random() < 0.2 else rows[-dice.randint(1, len(rows) - 1)]
        row[dice.randrange(len(row))] = dice.choice(_HOSTILE_CELLS)
    if dice.random() < 0.2:
        rows.insert(0, [dice.choice(_HOSTILE_CELLS)])
    if dice.random() < 0.1:
        dice.shuffle(rows)
    if dice.random() < 0.5:
        return ".xlsx", _workbook(rows)
    text = _text(rows)
    return ".csv", text.encode(dice.choice(("utf-8", "gb18030", "utf-16")), "replace")


def _workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for number, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            if value is None:
                continue
            if isinstance(value, str):
                value = re.sub(r"[\x00-\x08\x0b-\x1f]", "", value)[:32_767]
            sheet.cell(number, column).value = value  # type: ignore[assignment]
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _text(rows: Sequence[Sequence[object]]) -> str:
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    return made.getvalue()


def _repacked(content: bytes, dice: random.Random) -> bytes:
    """A sound zip with a damaged part, one left out, or one in another's place."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
    except (zipfile.BadZipFile, OSError):
        return damaged_bytes(content, dice)
    told = [name for name in parts if name.endswith((".xml", ".rels"))]
    # What holds the cells is what is read most.
    cells = [name for name in told if "sheet" in name.lower() or name == "content.xml"]
    name = dice.choice(cells if cells and dice.random() < 0.7 else told)
    change: Callable[[bytes, random.Random], bytes]
    kind = dice.random()
    if kind < 0.06:
        del parts[name]
    elif kind < 0.12:
        parts[name] = parts[dice.choice(told)]
    else:
        change = _damaged_xml if kind < 0.8 else damaged_bytes
        parts[name] = change(parts[name], dice)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for each, text in parts.items():
            new.writestr(each, text)
    return made.getvalue()


_PLACES = (re.compile(rb'"[^"<>]*"'), re.compile(rb">[^<>]+<"), re.compile(rb"<[^<>]+>"))


def _damaged_xml(content: bytes, dice: random.Random) -> bytes:
    """Values of attributes, texts and whole tags exchanged."""
    for _ in range(dice.randint(1, 5)):
        found = list(dice.choice(_PLACES).finditer(content))
        if not found:
            continue
        place = dice.choice(found)
        edge = 0 if place[0].startswith(b"<") else 1
        start, end = place.start() + edge, place.end() - edge
        instead = dice.choice(_HOSTILE_XML)
        if edge == 0 and dice.random() < 0.5:
            instead = place[0] * dice.choice((2, 2, 200))
        content = content[:start] + instead + content[end:]
    return content
