"""Numbers of patents, trademarks, companies and registrations: their form and check digits.

A check never raises and never blocks: it returns the form to store and, if something is wrong,
one Chinese sentence that says what it should be. Examples: ``tests/data/identifiers.json``.
"""

import re
import unicodedata
from functools import lru_cache
from operator import mul

from ipfinance.domain.pledge import RightKind
from ipfinance.domain.value import value
from ipfinance.language import tr


@value
class Checked:
    """A number as it is stored, and what is wrong with it: `fault` (Chinese) and its `rule`."""

    normalized: str
    fault: str | None = None
    rule: str | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault is None


ROUNDED = "code_rounded"
"""The one rule here that is an error, not a warning: the true digits are lost."""

# Since October 2003 twelve digits before the dot, earlier eight.
_PATENT = re.compile(r"(?:ZL|CN)?(\d{12}|\d{8})\.?([\dX])", re.A)
_USUAL_PATENT = re.compile(r"(?:ZL)?(\d{12})\.([\dX])", re.A)
_PATENT_TEN = re.compile(r"(?:ZL|CN)?(\d{12}|\d{8})\.10", re.A)
_PATENT_UNCHECKED = re.compile(r"(?:ZL|CN)?(\d{12}|\d{8})\.?", re.A)
_PATENT_WITH_KIND_CODE = re.compile(r"((?:ZL|CN)?(?:\d{12}|\d{8})\.?[\dX])([A-Z]\d?)", re.A)
_PUBLICATION = re.compile(r"(?:CN)?[1-3]\d{6}(?:\d{2})?([ABCDSUY])\d?", re.A)
_CLEARLY_PATENTS = ("patent_is_publication", "patent_kind_code")
_PLAIN = re.compile(r"[0-9A-Z.]+")
_SOUND_PATENT = re.compile(r"(?:ZL)?((?:200[3-9]|20[1-9]\d)([12389])\d{7})\.([\dX])", re.A)
_PATENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_ZEROS = ord("0") * sum(_PATENT_WEIGHTS)  # digits as bytes are 48 more than they say
_CHECK_DIGITS = "0123456789X"
_RIGHT_KINDS = {
    "1": RightKind.INVENTION,
    "8": RightKind.INVENTION,
    "2": RightKind.UTILITY_MODEL,
    "9": RightKind.UTILITY_MODEL,
    "3": RightKind.DESIGN,
}
_TRADEMARK = re.compile(r"\d{1,8}[A-Z]?|G\d{3,7}[A-Z]?\d{0,2}[A-Z]?", re.A)
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""What a credit code is written with: no I, O, Z, S, V."""
_SOUND_USCC = re.compile(f"[{USCC_ALPHABET}]{{2}}[0-9]{{6}}[{USCC_ALPHABET}]{{10}}")
_USCC_WEIGHTS = tuple(3**place % 31 for place in range(17))
_USCC_VALUES = bytes.maketrans(USCC_ALPHABET.encode(), bytes(range(len(USCC_ALPHABET))))
_ORGANISATION = re.compile(r"([\dA-Z]{8})-?([\dX])", re.A)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_PLEDGE = re.compile(r"Y?(?:19|20)\d{11}", re.A)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+\d+", re.A)


def check_patent_number(text: str) -> Checked:
    """``ZL 201710601862.3`` → ``201710601862.3``; the rules begin with ``patent_``."""
    if usual := _USUAL_PATENT.fullmatch(text):  # nearly all, and read at a tenth of the cost
        return _patent(usual[1], usual[2], dotted=True)
    plain = _plain(text).replace("。", ".")
    plain = re.sub(r"^(?:专利号|申请号):?", "", plain)
    if _SCIENTIFIC.fullmatch(plain):
        return _rounded(plain)
    if found := _PUBLICATION.fullmatch(plain):
        fault = (
            tr("这是公开号，不是专利号（专利号如 201710601862.3）")
            if found[1] == "A"
            else tr("这是授权公告号，不是专利号（专利号如 201710601862.3）")
        )
        return Checked(plain, fault, "patent_is_publication")
    if found := _PATENT_WITH_KIND_CODE.fullmatch(plain):
        number = check_patent_number(found[1])
        so = number.fault or tr("应为 {number}", number=number.normalized)
        fault = tr("末尾的 {code} 是文献种类代码，不属于专利号；{so}", code=found[2], so=so)
        return Checked(number.normalized, fault, "patent_kind_code")
    if found := _PATENT_TEN.fullmatch(plain):
        right = f"{found[1]}.{patent_check(found[1])}"
        fault = _patent_form_fault(found[1]) or tr(
            "校验位只有一位，余数 10 写作 X；这里应为 {right}", right=right
        )
        return Checked(f"{found[1]}.10", fault, "patent_check")
    if found := _PATENT.fullmatch(plain):
        return _patent(found[1], found[2], dotted="." in plain)
    if found := _PATENT_UNCHECKED.fullmatch(plain):
        right = f"{found[1]}.{patent_check(found[1])}"
        fault = _patent_form_fault(found[1]) or tr("缺少校验位，应为 {right}", right=right)
        return Checked(found[1], fault, "patent_check_missing")
    fault = tr("专利号应为 4 位年份、1 位类型、7 位流水号、小数点和校验位，如 201710601862.3")
    return Checked(plain, fault, "patent_form")


def sound_patent(text: str) -> tuple[str, RightKind] | None:
    """Number and kind of a patent of thirteen digits with nothing wrong, None for any other text.

    The same as `check_patent_number` and `right_kind_of`, at a quarter of the cost.
    """
    found = _SOUND_PATENT.fullmatch(text)
    if found is None:
        return None
    body, kind, check = found.groups()
    if _CHECK_DIGITS[(sum(map(mul, body.encode(), _PATENT_WEIGHTS)) - _ZEROS) % 11] != check:
        return None
    return text[-len("201710601862.3") :], _RIGHT_KINDS[kind]


def right_kind_of(patent_number: str) -> RightKind:
    """Which kind of patent a number in stored form belongs to; `ValueError` if it has no type."""
    body = patent_number.partition(".")[0]
    if len(body) not in (8, 12) or not body.isascii() or not body.isdigit():
        raise ValueError(f"no patent number: {patent_number!r}")
    kind = _RIGHT_KINDS.get(_type_digit(body))
    if kind is None:
        raise ValueError(f"no type of patent: {patent_number!r}")
    return kind


def is_sound_trademark(text: str) -> bool:
    """Whether a text is a trademark's number as it is stored."""
    return _TRADEMARK.fullmatch(text) is not None


def check_trademark_number(text: str) -> Checked:
    """``第3917439号`` → ``3917439``, without check digit; the rules begin with ``trademark_``."""
    if is_sound_trademark(text):  # nearly all
        return Checked(text)
    plain = _plain(text)
    plain = re.sub(r"^(?:(?:商标)?注册证?号|商标号):?", "", plain)
    plain = plain.removeprefix("第").removesuffix("号")
    if _SCIENTIFIC.fullmatch(plain):
        return _rounded(plain)
    if _TRADEMARK.fullmatch(plain):
        return Checked(plain)
    patent = check_patent_number(plain)
    if plain.startswith("ZL") or patent.ok or patent.rule in _CLEARLY_PATENTS:
        return Checked(plain, tr("这是专利的号码，不是商标注册号"), "trademark_is_patent")
    if plain.isdigit():
        fault = tr("商标注册号最多 8 位数字，现有 {count} 位", count=len(plain))
        return Checked(plain, fault, "trademark_form")
    fault = tr("商标注册号应为 1 至 8 位数字（可带一个字母），或 G 开头的国际注册号")
    return Checked(plain, fault, "trademark_form")


@lru_cache(maxsize=2**16)
def check_uscc(text: str) -> Checked:
    """The 18 characters of a unified social credit code; the rules begin with ``uscc_``.

    Characters 3–8 are the authority that registered the company, which may be abolished and need
    not be its county: they are not compared with any list.
    """
    if _is_sound_uscc(text):  # nearly all, and seen at a tenth of the cost
        return Checked(text)
    plain = _plain(text).replace("-", "")
    if _SCIENTIFIC.fullmatch(plain):
        return _rounded(plain)
    if len(plain) != 18:
        return Checked(plain, _uscc_length_fault(text, plain), "uscc_length")
    for place, character in enumerate(plain, start=1):
        if character not in USCC_ALPHABET:
            fault = tr(
                "第 {place} 位不能是「{character}」：统一社会信用代码不用 I、O、Z、S、V",
                place=place,
                character=character,
            )
            return Checked(plain, fault, "uscc_character")
        if 3 <= place <= 8 and not character.isdigit():
            fault = tr("第 {place} 位应为数字，现为 {character}", place=place, character=character)
            return Checked(plain, fault, "uscc_character")
    from stdnum.cn import uscc

    expected = uscc.calc_check_digit(plain[:17])
    if plain[17] == expected:
        return Checked(plain)
    if plain.isdigit() and plain.endswith("000"):
        return _rounded(plain)  # a spreadsheet keeps 15 digits of a number and writes zeros
    return Checked(
        plain, tr("校验位不正确：第 18 位应为 {expected}", expected=expected), "uscc_check"
    )


def _is_sound_uscc(text: str) -> bool:
    """Whether a text is a credit code as it is stored, its check character included."""
    if not _SOUND_USCC.fullmatch(text):
        return False
    values = text.encode().translate(_USCC_VALUES)
    return bool((sum(map(mul, values, _USCC_WEIGHTS)) + values[17]) % 31 == 0)


def organisation_code_of(uscc: str) -> str | None:
    """The organisation code inside a credit code, which joins old ledgers to new: 79965505-8."""
    plain = _plain(uscc)
    return f"{plain[8:16]}-{plain[16]}" if len(plain) == 18 else None


def check_organisation_code(text: str) -> Checked:
    """``799655058`` or ``79965505-8`` → ``79965505-8``; the rules begin with ``organisation_``."""
    plain = _plain(text)
    if _SCIENTIFIC.fullmatch(plain):
        return _rounded(plain)
    found = _ORGANISATION.fullmatch(plain)
    if found is None:
        fault = tr("组织机构代码应为 8 位数字或字母、连字符和 1 位校验位，如 79965505-8")
        return Checked(plain, fault, "organisation_form")
    expected = organisation_check(found[1])
    number = f"{found[1]}-{found[2]}"
    if found[2] == expected:
        return Checked(number)
    return Checked(
        number, tr("校验位不正确：第 9 位应为 {expected}", expected=expected), "organisation_check"
    )


def check_licence15(text: str) -> Checked:
    """The 15 digits of a business licence before 2015; the rules begin with ``licence_``."""
    plain = _plain(text)
    if _SCIENTIFIC.fullmatch(plain):
        return _rounded(plain)
    if re.fullmatch(r"\d{13}", plain):
        return Checked(plain, tr("13 位的旧执照号没有校验位，无法核对"), "licence_13")
    if not re.fullmatch(r"\d{15}", plain):
        return Checked(plain, tr("营业执照注册号应为 15 位数字"), "licence_form")
    from stdnum.iso7064 import mod_11_10

    expected = mod_11_10.calc_check_digit(plain[:14])
    if plain[14] == expected:
        return Checked(plain)
    return Checked(
        plain, tr("校验位不正确：第 15 位应为 {expected}", expected=expected), "licence_check"
    )


def check_pledge_number(text: str) -> Checked:
    """The number of a patent pledge, ``[Y]YYYY OO NNNNNNN``; rules begin with ``pledge_number_``.

    The form is not published, so a fault here is a hint. A trademark pledge's number has no known
    form and is not to be checked.
    """
    if _PLEDGE.fullmatch(text):  # nearly all
        return Checked(text)
    plain = _plain(text)
    if _SCIENTIFIC.fullmatch(plain):
        return _rounded(plain)
    if _PLEDGE.fullmatch(plain):
        return Checked(plain)
    if plain.startswith(("ZL", "CN")) or re.fullmatch(r"\d{8}(\d{4})?\.[\dX]", plain):
        return Checked(plain, tr("这是专利号，不是质押登记号"), "pledge_number_is_patent")
    digits = plain.removeprefix("Y")
    if digits.isdigit() and len(digits) != 13:
        fault = tr(
            "专利权质押登记号一般为 13 位数字（前面可带 Y），现有 {count} 位", count=len(digits)
        )
    else:
        fault = tr("专利权质押登记号一般为 13 位数字（前面可带 Y），如 Y2019330000123")
    return Checked(plain, fault, "pledge_number_form")


def patent_check(body: str) -> str:
    """The check digit of the twelve or eight digits before a patent number's dot."""
    # Digits as bytes are 48 more than they say.
    weights = _PATENT_WEIGHTS[: len(body)]
    rest = (sum(map(mul, body.encode(), weights)) - 48 * sum(weights)) % 11
    return "X" if rest == 10 else str(rest)


def organisation_check(body: str) -> str:
    """The check digit of the eight characters before an organisation code's hyphen."""
    total = sum(int(c, 36) * w for c, w in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    check = 11 - total % 11
    return {10: "X", 11: "0"}.get(check, str(check))


def _plain(text: str) -> str:
    """Half-width capitals without blanks, invisible characters and fancy hyphens."""
    if _PLAIN.fullmatch(text):
        return text
    folded = unicodedata.normalize("NFKC", text).upper()
    folded = re.sub(r"[\u2010-\u2015\u2212]", "-", folded)
    bare = re.sub(r"[\s\u200b-\u200f\u2060\ufeff']", "", folded)
    # An accent that stood alone before a blank joins the letter before it once that is gone.
    return unicodedata.normalize("NFKC", bare).upper()


def _rounded(plain: str) -> Checked:
    fault = tr(
        "号码已被表格软件变成近似数 {plain}，末尾几位已丢失，请按原件重新录入为文本", plain=plain
    )
    return Checked(plain, fault, ROUNDED)


def _patent(body: str, check: str, *, dotted: bool) -> Checked:
    number = f"{body}.{check}"
    fault = _patent_form_fault(body)
    if fault is not None:
        return Checked(number, fault, "patent_form")
    expected = patent_check(body)
    if check != expected:
        fault = tr("校验位不正确：小数点后应为 {expected}", expected=expected)
        return Checked(number, fault, "patent_check")
    # Thirteen digits can only be number and check; nine might be anything.
    if not dotted and len(body) == 8:
        return Checked(number, tr("缺少小数点，应为 {number}", number=number), "patent_dot_missing")
    return Checked(number)


def _patent_form_fault(body: str) -> str | None:
    """What is wrong with the digits before the dot."""
    if len(body) == 12:
        if not 2003 <= int(body[:4]) <= 2099:
            return tr("13 位专利号的前 4 位是 2003 年起的申请年份，现为 {year}", year=body[:4])
    elif not (body[:2] >= "85" or body[:2] <= "03"):
        return tr("9 位专利号的前 2 位是 1985 至 2003 年的申请年份，现为 {year}", year=body[:2])
    if _type_digit(body) not in _RIGHT_KINDS:
        place = 5 if len(body) == 12 else 3
        return tr(
            "第 {place} 位是专利类型，应为 1、2、3、8 或 9，现为 {digit}",
            place=place,
            digit=_type_digit(body),
        )
    return None


def _type_digit(body: str) -> str:
    return body[4] if len(body) == 12 else body[2]


def _uscc_length_fault(text: str, plain: str) -> str:
    if len(plain) == 9 and check_organisation_code(text).ok:
        return tr("这是组织机构代码，不是 18 位的统一社会信用代码")
    if len(plain) == 15 and check_licence15(text).ok:
        return tr("这是营业执照注册号，不是 18 位的统一社会信用代码")
    return tr("统一社会信用代码应为 18 位，现有 {count} 位", count=len(plain))
