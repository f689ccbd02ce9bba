"""The words that people write for a choice, and what each of them means."""

import unicodedata
from functools import lru_cache

from ipfinance.domain.industries import Industry
from ipfinance.domain.pledge import Channel, Kind, PledgeeKind, Size

KIND_WORDS = (
    ("专利", Kind.PATENT),
    ("商标", Kind.TRADEMARK),
    ("著作权", Kind.COPYRIGHT),
    ("版权", Kind.COPYRIGHT),
    ("数据", Kind.DATA),
    ("布图", Kind.IC_LAYOUT),
    ("地理标志", Kind.GEOGRAPHICAL_INDICATION),
)
CHOICE_WORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "size": tuple(
        (word, size.value)
        for size in Size
        for word in (size.label_zh, size.label_zh[0], f"{size.label_zh}企业")
    ),
    "industry": tuple(
        (word, section.value)
        for section in Industry
        for word in (
            *(
                section.label_zh,
                section.value,
                section.section,
                f"{section.value}{section.section}",
            ),
            f"{section.value}门类",
        )
    ),
    "channel": (
        *((channel.label_zh, channel.value) for channel in Channel),
        ("网上", Channel.ONLINE.value),
        ("电子", Channel.ONLINE.value),
        ("线下", Channel.WINDOW.value),
    ),
    "pledgee_kind": (
        *((kind.label_zh, kind.value) for kind in PledgeeKind),
        ("农商行", PledgeeKind.RURAL_CREDIT.value),
        ("农村信用社", PledgeeKind.RURAL_CREDIT.value),
        ("担保公司", PledgeeKind.GUARANTEE.value),
        ("小额贷款", PledgeeKind.SMALL_LOAN.value),
        ("小贷公司", PledgeeKind.SMALL_LOAN.value),
        ("融资租赁", PledgeeKind.LEASING.value),
        ("信托", PledgeeKind.TRUST.value),
        ("SPV", PledgeeKind.TRUST.value),
    ),
}


@lru_cache(maxsize=1024)
def kind_of(text: str) -> Kind | None:
    """The register that a text names: 专利权质押 → patent; None if it names none or several."""
    kinds = {kind for word, kind in KIND_WORDS if word in text}
    return kinds.pop() if len(kinds) == 1 else None


@lru_cache(maxsize=4096)
def choice_of(key: str, text: str) -> str | None:
    """The stored word for what was written in a field of choices, None if it is unknown."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    return next((value for word, value in CHOICE_WORDS[key] if plain == word.upper()), None)
