"""Which indicator and which register the words around a figure mean."""

import re

from ipfinance.statistics.checking.figures import Found, Measure

_LOOK_AHEAD = 14

# What is not about pledges: such a figure is left alone.
_OTHER = re.compile(
    r"生产总值|GDP|财政|收入|产值|投资|进出口|税|研发|授权|申请量|有效发明|有效注册|注册量|"
    r"保险|证券化|基金|转让|许可|赔偿|罚款|案|事项|政策|指南|措施|机构|园区|窗口|标准|"
    r"管理|人才|服务站|培训",
    re.IGNORECASE,
)
_PLEDGE = re.compile(r"质押|质权|出质|融资|登记|pledg|financing|registration", re.IGNORECASE)

_MONEY = (
    (r"贴息|补助|补贴|subsid", "subsidy"),
    (r"授信|credit line", "credit_amount"),
    (r"评估|apprais", "appraised_value"),
    (r"普惠|inclusive", "inclusive_amount"),
    (r"在押|存量|余额|outstanding", "outstanding_amount"),
    (r"到期未注销|逾期", "overdue_amount"),
    (r"注销|cancel", "cancelled_amount"),
    (r"户均|平均每[户家]", "amount_per_enterprise"),
    (r"件均|笔均|平均每[件笔项]", "amount_per_registration"),
    (r"贷款|放款|loan", "loan_amount"),
    (
        r"登记金额|质押金额|融资|担保债权|质押额|质押|登记|pledg|financing|amount|金额",
        "secured_amount",
    ),
)
_COUNT = (
    (r"线上|网上|在线|绿色通道|网办|online", "online_registrations"),
    (r"到期未注销|逾期", "overdue_registrations"),
    (r"注销|cancel", "cancelled_registrations"),
    (r"在押|存量|outstanding", "outstanding_registrations"),
    (r"普惠|inclusive", "inclusive_registrations"),
    (r"发明专利(?!权?质押)", "inventions"),
    (r"实用新型", "utility_models"),
    (r"外观设计", "designs"),
    (r"去重", "rights_distinct"),
    (r"涉及|所涉|件次|专利数|商标数|专利件数|商标件数|rights", "rights"),
    (r"登记|项目|办理|质押|融资|pledg|registration|project", "registrations"),
)
_ENTERPRISES = (
    (r"质权人|金融机构|pledgee|lender", "pledgees"),
    (r"首次", "first_time_enterprises"),
    (r"普惠|inclusive", "inclusive_enterprises"),
    (r"新增|newly", "enterprises,first_time_enterprises"),
    (r"企业|出质|质押|登记|市场主体|enterprise|compan|firm", "enterprises"),
)
_RATES = (
    (r"普惠率|占[^，。；]{0,4}企业?(?:总数|数)?|inclusive rate", "inclusive_rate"),
    (r"质押率|loan-to-value", "loan_to_value"),
    (r"覆盖[率面]|coverage", "coverage"),
)
_NOUNS = (
    (r"普惠率|inclusive rate", "inclusive_rate"),
    (r"企业数|企业|户数|家数|enterprise", "enterprises"),
    (r"贷款|loan", "loan_amount"),
    (r"授信", "credit_amount"),
    (r"贴息|补助|补贴|subsid", "subsidy"),
    (r"金额|融资额|规模|amount|value", "secured_amount"),
    (r"专利数|商标数", "rights"),
    (
        r"办理总量|登记总量|件数|项目数|项目|登记数|登记量|笔数|number|登记件|总量|pledges",
        "registrations",
    ),
)
_KINDS = re.compile(
    r"(?P<all>专利权?(?:[、和与及]|以及)?(?:注册)?商标|商标(?:专用权)?(?:[、和与及])专利|"
    r"知识产权(?!局|保护|金融|发展|强国|强省|示范|运营|管理)|"
    r"patents? and (?:registered )?trademarks?|"
    r"intellectual property|\bIP\b)|(?P<patent>专利|patents?)|(?P<trademark>商标|trade ?marks?)",
    re.IGNORECASE,
)


def kinds_in(text: str) -> list[tuple[int, int, str]]:
    """The registers named, as (start, end, kind): patent, trademark or all."""
    return [(m.start(), m.end(), m.lastgroup or "all") for m in _KINDS.finditer(text)]


def indicators(found: Found, clause: str, sentence: str, after: str) -> tuple[str, ...]:
    """The indicators that a level may be of: keys of the catalogue, the likeliest first.

    ``clause`` and ``sentence`` are the words before the figure, ``after`` those behind it up
    to the next comma. Empty when the words are of something else.
    """
    ahead, after = after, after[:_LOOK_AHEAD]
    if is_other(clause, after):
        return ()
    if found.measure is Measure.RATE:
        return _first(_RATES, clause)
    if found.measure is Measure.MONEY:
        return _first(_MONEY, clause) or _first(_MONEY, after) or _nearest(_MONEY, sentence)
    if re.search(r"线上|网上|\bonline\b", ahead) and found.unit in ("件", "项", "笔", "宗", "单"):
        return ("online_registrations",)
    return _counted(found, clause, sentence, ahead)


def nouns(clause: str) -> tuple[str, ...]:
    """The indicators that a rate, a rank or a record names itself, in the order of the text."""
    named = []
    for pattern, key in _NOUNS:
        named += [(m.start(), key) for m in re.finditer(pattern, clause, re.IGNORECASE)]
    # 融资金额 and 企业 may lie in one another: the first at each place counts.
    ordered: dict[str, None] = {}
    for _, key in sorted(named, key=lambda pair: pair[0]):
        ordered.setdefault(key)
    return tuple(ordered)


def is_about_pledges(text: str) -> bool:
    """Whether pledges are spoken of at all."""
    return bool(_PLEDGE.search(text))


def _counted(found: Found, clause: str, sentence: str, ahead: str) -> tuple[str, ...]:
    after = ahead[:_LOOK_AHEAD]
    if found.unit in ("家", "户", "家次"):
        if "银行" in after[:4] or re.search(r"银行$", clause):
            return ()
        return _first(_ENTERPRISES, after) or _first(_ENTERPRISES, clause + sentence)
    if found.unit == "个":
        near = after[:6]
        if re.match(r"县|市、区|区县|\s*count", near):
            return ("counties_covered", "counties")
        return _first(_ENTERPRISES, near) if "企业" in near else ()
    if found.unit in ("人", ""):
        return _first(_COUNT, clause) if not found.unit else ()
    if re.match(r"(?:注册)?商标(?!权|专用权|质押|登记)|专利(?!权|质押|登记)", after):
        # 49件专利商标完成质押登记: of the rights or of the registrations.
        either = ("registrations",) if is_about_pledges(ahead) else ()
        return ("rights", "rights_distinct", *either)
    if re.search(r"质押(?:专利|商标)$|(?:专利|商标)质押$", clause):
        return ("registrations", "rights", "rights_distinct")
    if "外观设计" in after[:6] or "实用新型" in after[:6] or "发明" in after[:4]:
        return _first(_COUNT, after[:6])
    named = _first(_COUNT, clause)
    if named[:1] == ("rights",):
        named = ("rights", "rights_distinct")
    return named or _first(_COUNT, after) or _nearest(_COUNT, sentence)


def is_other(clause: str, after: str) -> bool:
    """Whether something that is no pledge is named nearer than a pledge."""
    others = [m.end() for m in _OTHER.finditer(clause)]
    pledges = [m.end() for m in _PLEDGE.finditer(clause)]
    if others and (not pledges or pledges[-1] < others[-1]):
        return not re.search(r"贴息|补助|subsid", clause)
    if pledges:
        return False
    ahead = _OTHER.search(after)
    return ahead is not None and not _PLEDGE.search(after[: ahead.start()])


def _first(table: tuple[tuple[str, str], ...], words: str) -> tuple[str, ...]:
    for pattern, keys in table:
        if re.search(pattern, words, re.IGNORECASE):
            return tuple(keys.split(","))
    return ()


def _nearest(table: tuple[tuple[str, str], ...], words: str) -> tuple[str, ...]:
    best, keys = -1, ""
    for pattern, named in table:
        for match in re.finditer(pattern, words, re.IGNORECASE):
            if match.end() > best:
                best, keys = match.end(), named
    return tuple(keys.split(",")) if keys else ()
