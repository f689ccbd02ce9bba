"""Finds the figures of a Chinese text: where they stand, what is printed, what they say."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ipfinance.domain.money import WAN, YI, YUAN
from ipfinance.domain.period import Period
from ipfinance.statistics.checking.figures import (
    Claim,
    Form,
    Found,
    Interval,
    Measure,
    found_in_turn,
)
from ipfinance.statistics.checking.numbers import (
    NUMBER,
    NUMERAL,
    hedge_after,
    hedge_before,
    interval,
    is_chinese,
    negative,
    numeral,
    place_of,
    value_of,
)

_SCALES = {
    "": YUAN, "千": 1000 * YUAN, "万": WAN, "百万": 100 * WAN, "千万": 1000 * WAN, "亿": YI,
    "十亿": 10 * YI, "百亿": 100 * YI, "千亿": 1000 * YI, "万亿": 10_000 * YI,
}  # fmt: skip
_COUNT_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_MORE = r"[多余]?"
_MONEY = re.compile(
    rf"(?P<n>{NUMBER})\s*{_MORE}(?P<s>万亿|千亿|百亿|十亿|亿|千万|百万|万|千)?{_MORE}\s*元"
    r"(?!/)"
)
_TWO_PARTS = re.compile(rf"(?P<yi>{NUMBER})亿(?P<wan>{NUMBER})万元")
_COUNT = re.compile(
    rf"(?P<n>{NUMBER})\s*{_MORE}(?P<s>[百千万亿])?{_MORE}\s*"
    r"(?P<u>件次|项次|家次|家|件|项|笔|户|宗|单|个(?![月百小多])|人(?!民))"
)
_BARE_COUNT = re.compile(rf"(?P<n>{NUMBER})\s*(?P<s>万)(?![元亿\w])")
_PERCENT = re.compile(rf"(?P<n>{NUMBER})\s*(?P<u>%|个?百分点|倍(?!数|增))")
_DOUBLED = re.compile(r"翻([一两二])?[番倍]")
_STREAK = re.compile(
    rf"连续(?P<n>{NUMERAL})年(?:[^，。；;\n\d]{{0,16}}?"
    rf"(?P<p>首位|榜首|第一位|第一名|第一|第{NUMERAL}[位名]?))?"
)
_RANK = re.compile(
    r"(?:(?:位居|稳居|跃居|居|位列|名列|列|排名|排在|排|位次)(?P<w>[^，。；;\n\d]{0,12}?)|"
    r"(?P<a>全国|全省|全市))"
    rf"(?P<p>首位|榜首|第一位|第一名|第一|第{NUMERAL}[位名]?|前{NUMERAL}[位名强]?)"
    r"(?!季度|批|次|条|章|届|期|个|产业)"
)
_BARE_RANK = re.compile(rf"第(?P<n>{NUMERAL})[位名]")
_RECORD = re.compile(
    r"(?:[再屡]?创(?:下|出|造)?了?)?(?:历史(?:同期)?)?新高|历史最高(?:水平|值|纪录)?|"
    r"[再屡]?创(?:历史)?纪录"
)
_COVERAGE = re.compile(r"(?:实现)?全(?:面)?覆盖")
_ENDS = "。；;！？!?\n"

_GROWTH = (
    r"增长|增幅|增速|上升|增加|提升|提高|上涨|扩大|下降|减少|降低|下滑|回落|下跌|缩减|"
    r"同比|环比|年均"
)
_FALL = re.compile(r"(?:下降|减少|降低|下滑|回落|下跌|缩减|负增长|减幅|降幅)[了达为约超过近\s]*$")
_SHARE = r"占比|占|比重|份额"
_RATE = r"普惠率|覆盖率|覆盖面|满意度|满意率|质押率|完成率|[\u4e00-\u9fff]率"
_SAYS = re.compile(rf"(?P<rate>{_RATE})|(?P<growth>{_GROWTH}|降幅|减幅)|(?P<share>{_SHARE})")
_FOR_YEARS = re.compile(
    rf"(?:近|过去|最近|前)(?P<n>{NUMERAL})年|(?<![\d第])(?P<n2>{NUMERAL})年(?:来|间|里|的)?，?(?=年均|复合)"
)
_SINCE_YEAR = re.compile(r"[自从](?P<y>\d{4})年")
# 是宁波市的1.4倍, 是2016年的2倍: the words between say what it is a multiple of.
_MULTIPLE = re.compile(r"(?:是|为|相当于|达到?)(?P<of>[^，。；;：]{1,20}?)的?(?:近|约|超过)?$")
_AGAINST = re.compile(r"[比较](?P<y>\d{4})年(?P<h>上半年|下半年)?(?:同期)?")
_INCREMENT = re.compile(
    r"(?:同比|[比较](?:上年|去年|上一年|\d{4}年)[^，。；]{0,6}?)[^，。；\d]{0,6}?"
    r"(?:净增加?|增加|增长|多|减少|下降|少)了?$"
)
_OF_ENTERPRISES = re.compile(r"占[^，。；]{0,4}企业?(?:总数|数)?的?(?:比重)?[为达约]*$")
# 1000万元以下的: a limit, not a figure.
_LIMIT = re.compile(r"(?:[(（]含[)）])?(?:及?以[下内]|以上的|[(（]含)")
_TOTAL = re.compile(
    r"(?:合计|共计|总计|两项相加|二者之和|两者之和)[^，。；\d]{0,8}$|合计[^，。；\d]{0,14}$"
)


def find_chinese(text: str) -> list[Found]:
    """The figures of a text in half width, in their order; no two overlap."""
    return found_in_turn(text, (_streaks, _ranks, _amounts, _percents, _counts, _words))


def _amounts(text: str) -> Iterator[Found]:
    for match in _TWO_PARTS.finditer(text):
        yi, wan = value_of(match["yi"]) * YI, value_of(match["wan"]) * WAN
        allowed = interval(match["wan"], WAN, _hedge(text, match))
        shifted = replace(
            allowed,
            low=allowed.low + yi,
            high=None if allowed.high is None else allowed.high + yi,
        )
        yield _level(text, match, Form.AMOUNT, Measure.MONEY, yi + wan, shifted, "元")
    for match in _MONEY.finditer(text):
        if text[: match.start()].endswith("亿"):
            continue  # the second part of 1亿2000万元
        scale = _SCALES[match["s"] or ""]
        number = value_of(match["n"]) * scale
        allowed = interval(match["n"], scale, _hedge(text, match))
        yield _level(text, match, Form.AMOUNT, Measure.MONEY, number, allowed, "元")


def _counts(text: str) -> Iterator[Found]:
    for pattern in (_COUNT, _BARE_COUNT):
        for match in pattern.finditer(text):
            if text[: match.start()].endswith(("前", "第", "每")):
                continue
            scale = _COUNT_SCALES[match["s"] or ""]
            unit = match["u"] if pattern is _COUNT else ""
            number = value_of(match["n"]) * scale
            allowed = interval(match["n"], scale, _hedge(text, match))
            yield _level(text, match, Form.COUNT, Measure.COUNT, number, allowed, unit)


def _percents(text: str) -> Iterator[Found]:
    for match in _PERCENT.finditer(text):
        before = _sentence_before(text, match.start())
        if not is_chinese(before[-20:] + text[match.end() : match.end() + 6]):
            continue  # English words are read elsewhere
        hedge = _hedge(text, match)
        sign = -1 if before.endswith(("-", "−", "－", "–")) or _FALL.search(before) else 1
        if match["u"] == "倍":
            yield from _times(match, before, hedge)
            continue
        allowed = interval(match["n"], Fraction(1, 100), hedge)
        number = value_of(match["n"]) / 100 * sign
        if sign < 0:
            allowed = negative(allowed)
        made = Found(
            text[match.start() : match.end()], match.start(), match.end(), Form.GROWTH,
            Claim.GROWTH, Measure.RATE, number, allowed, match["u"],
        )  # fmt: skip
        is_points = match["u"] != "%"
        yield _points(made, before) if is_points else _of_percent(made, before, text[match.end() :])
    for match in _DOUBLED.finditer(text):
        times = {"一": 1, None: 1}.get(match[1], 2)
        number = Fraction(2**times - 1)
        allowed = Interval(number - Fraction(1, 20), number + Fraction(1, 20))
        yield Found(
            match[0], match.start(), match.end(), Form.GROWTH, Claim.GROWTH, Measure.RATE,
            number, allowed,
        )  # fmt: skip


def _times(match: "re.Match[str]", before: str, hedge: int) -> Iterator[Found]:
    """增长1.2倍 is growth; 是上年的1.7倍 is growth of 0.7, 是宁波市的1.7倍 a multiple."""
    near = before[max(0, before.rfind("，") + 1) :]
    said = [m for m in _SAYS.finditer(near) if m["growth"]]
    ratio = re.search(r"(?:上年|去年|同期)的?(?:近|约|超过)?$", near)
    multiple = None if ratio or said else _MULTIPLE.search(near)
    if not said and not ratio and not multiple:
        return
    year = re.match(r"(\d{4})年(?:同期|全年)?的?$", multiple["of"]) if multiple else None
    less = 1 if ratio or year else 0
    allowed = interval(match["n"], 1, hedge)
    shifted = replace(
        allowed, low=allowed.low - less, high=None if allowed.high is None else allowed.high - less
    )
    yield Found(
        match[0], match.start(), match.end(), Form.GROWTH,
        Claim.TIMES if multiple and not year else Claim.GROWTH, Measure.RATE,
        value_of(match["n"]) - less, shifted, "倍",
        against=Period.year(int(year[1])) if year else None,
    )  # fmt: skip


def _points(made: Found, before: str) -> Found:
    if re.search(
        r"(?:高于|快于|高出|低于|慢于|超出|领先)[^，。；]{0,6}全国|全国[^，。；]{0,8}高", before
    ):
        if re.search(r"(?:低于|慢于)[^，。；]{0,12}$", before):
            made = replace(made, number=-made.number, interval=negative(made.interval))
        return replace(made, claim=Claim.AHEAD)
    shares = [m for m in _SAYS.finditer(before) if m["share"] or m["rate"]]
    return replace(made, claim=Claim.POINTS, form=Form.SHARE if shares else Form.GROWTH)


def _of_percent(made: Found, before: str, after: str) -> Found:
    said = list(_SAYS.finditer(before))
    if not said:
        grows = re.match(r"的?(?:增长|增速|增幅)", after)
        return made if grows else replace(made, form=Form.SHARE, claim=Claim.UNKNOWN)
    last = said[-1]
    if last["share"] and "普惠" in before and _OF_ENTERPRISES.match(before, last.start()):
        return replace(made, form=Form.SHARE, claim=Claim.RATE)
    if last["rate"]:
        is_coverage = last["rate"].startswith("覆盖")
        form = Form.COVERAGE if is_coverage else Form.SHARE
        return replace(made, form=form, claim=Claim.RATE)
    if last["share"]:
        return replace(made, form=Form.SHARE, claim=Claim.SHARE, base=_base(before[last.start() :]))
    near = before[max(0, before.rfind("，") + 1) :]
    kinds = re.findall(r"环比|年均|复合|同比|[比较]上月|[比较]上季", near)
    claim = Claim.GROWTH
    if kinds:
        claim = {"环比": Claim.CHAIN, "年均": Claim.ANNUAL, "复合": Claim.ANNUAL}.get(
            kinds[-1], Claim.CHAIN if kinds[-1][1:] in ("上月", "上季") else Claim.GROWTH
        )
    if claim is Claim.ANNUAL:
        return _annual(made, before)
    if named := list(_AGAINST.finditer(near)):
        year, half = int(named[-1]["y"]), named[-1]["h"]
        against = Period.half(year, 1 if half == "上半年" else 2) if half else Period.year(year)
        return replace(made, against=against)
    if re.search(r"比年初|较年初|比计划|较计划", near):
        return replace(made, claim=Claim.UNKNOWN)
    return replace(made, claim=claim)


def _annual(made: Found, before: str) -> Found:
    """年均增长 with the years that its sentence names: 近三年, or since a year."""
    since = [*_AGAINST.finditer(before), *_SINCE_YEAR.finditer(before)]
    lasting = [*_FOR_YEARS.finditer(before)]
    return replace(
        made,
        claim=Claim.ANNUAL,
        against=Period.year(int(since[-1]["y"])) if since else None,
        years=numeral(lasting[-1]["n"] or lasting[-1]["n2"]) if lasting else 0,
    )


def _base(words: str) -> str:
    """Whose total a share is of, by the words from 占 to the number."""
    for base, pattern in (
        ("nation", "全国|我国"), ("province", "全省|我省"), ("city", "全市|我市"),
        ("whole", "全部|登记总[数量]|总登记"),
    ):  # fmt: skip
        if re.search(pattern, words):
            return base
    return ""


def _streaks(text: str) -> Iterator[Found]:
    for match in _STREAK.finditer(text):
        years = numeral(match["n"])
        claim = Claim.FIRST_YEARS if match["p"] else Claim.UNKNOWN
        place = place_of(match["p"])[0] if match["p"] else 0
        yield Found(
            match[0], match.start(), match.end(), Form.STREAK, claim, Measure.PLACE,
            Fraction(years), Interval(Fraction(years), Fraction(years), closed=True), "年",
            base=_base(match[0]) or _base(_clause_before(text, match.start())), place=place,
        )  # fmt: skip


def _ranks(text: str) -> Iterator[Found]:
    for pattern in (_RANK, _BARE_RANK):
        for match in pattern.finditer(text):
            said = match["p"] if pattern is _RANK else match[0]
            low, high = place_of(said)
            allowed = Interval(Fraction(low), Fraction(high), closed=True)
            start = match.start("p") if pattern is _RANK else match.start()
            base = _base(match[0]) or _base(_clause_before(text, match.start()))
            yield Found(
                text[start : match.end()], start, match.end(), Form.RANK, Claim.RANK,
                Measure.PLACE, Fraction(high), allowed, "位", base=base, place=high,
            )  # fmt: skip


def _words(text: str) -> Iterator[Found]:
    one = Interval(Fraction(1), Fraction(1), closed=True)
    for pattern, form, claim in (
        (_RECORD, Form.RECORD, Claim.RECORD),
        (_COVERAGE, Form.COVERAGE, Claim.COVERAGE),
    ):
        for match in pattern.finditer(text):
            yield Found(
                match[0], match.start(), match.end(), form, claim, Measure.PLACE, Fraction(1), one
            )


def _level(
    text: str,
    match: "re.Match[str]",
    form: Form,
    measure: Measure,
    number: Fraction,
    allowed: Interval,
    unit: str,
) -> Found:
    before = _sentence_before(text, match.start())
    claim = Claim.LEVEL
    if _INCREMENT.search(before):
        claim = Claim.INCREMENT
        if re.search(r"(?:减少|下降|少)了?$", before):
            number, allowed = -number, negative(allowed)
    if _LIMIT.match(text, match.end()):
        claim = Claim.UNKNOWN
    is_total = bool(_TOTAL.search(before))
    return Found(
        match[0], match.start(), match.end(), Form.TOTAL if is_total else form, claim, measure,
        number, allowed, unit, is_total=is_total,
    )  # fmt: skip


def _hedge(text: str, match: "re.Match[str]") -> int:
    inside = 1 if re.search(r"[多余]", match[0]) else 0
    return hedge_before(text, match.start()) or inside or hedge_after(text, match.end())


def _sentence_before(text: str, start: int) -> str:
    begin = max(text.rfind(end, 0, start) for end in _ENDS) + 1
    return text[max(begin, start - 60) : start]


def _clause_before(text: str, start: int) -> str:
    before = _sentence_before(text, start)
    return before[before.rfind("，") + 1 :]
