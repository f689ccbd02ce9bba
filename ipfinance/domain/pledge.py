"""A pledge registration and what it is made of: parties, rights and dated events.

The unit of all counting is the registration, not the patent, the enterprise or the loan. A
record is kept as it was registered; whatever happens later is an :class:`Event` with a date.
"""

from dataclasses import field, replace
from datetime import date
from enum import StrEnum

from ipfinance.domain.industries import Industry
from ipfinance.domain.value import value
from ipfinance.language import either, word


class _Named(StrEnum):
    """Something with a name: ``label_zh`` in files and the store, ``label`` in the window."""

    @property
    def label_zh(self) -> str:
        return _NAMES[self][0]

    @property
    def label(self) -> str:
        return either(*_NAMES[self])


class Kind(_Named):
    """The register a pledge stands in; only patent and trademark enter the totals."""

    PATENT = "patent"
    TRADEMARK = "trademark"
    COPYRIGHT = "copyright"
    DATA = "data"
    IC_LAYOUT = "ic_layout"
    GEOGRAPHICAL_INDICATION = "geographical_indication"


class Size(_Named):
    """Size of an enterprise as declared (国统字〔2017〕213号)."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


class PledgeeKind(_Named):
    """What sort of lender a pledgee is."""

    BANK = "bank"
    RURAL_CREDIT = "rural_credit"
    GUARANTEE = "guarantee"
    SMALL_LOAN = "small_loan"
    LEASING = "leasing"
    TRUST = "trust"
    OTHER = "other"


class Channel(_Named):
    """How the registration was handled."""

    ONLINE = "online"
    WINDOW = "window"


class RightKind(_Named):
    """What is pledged; a patent number tells its own kind."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    TRADEMARK = "trademark"
    OTHER = "other"


class EventKind(_Named):
    """What can happen to a registration after, or instead of, its being established."""

    CHANGE = "change"
    EXTENSION = "extension"
    CANCELLATION = "cancellation"
    LAPSE = "lapse"
    REVOCATION = "revocation"
    REFUSAL = "refusal"
    WITHDRAWAL = "withdrawal"


# These end a pledge, so it leaves the stock; the last three also mean that it never counts.
ENDINGS = (
    EventKind.CANCELLATION,
    EventKind.LAPSE,
    EventKind.REVOCATION,
    EventKind.REFUSAL,
    EventKind.WITHDRAWAL,
)
VOIDINGS = (EventKind.REVOCATION, EventKind.REFUSAL, EventKind.WITHDRAWAL)


class State(_Named):
    """What a registration is on a given day; derived, never stored."""

    LIVE = "live"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    REVOKED = "revoked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


DUE_SOON_DAYS = 90

_ENDED_STATES = {
    EventKind.CANCELLATION: State.CANCELLED,
    EventKind.LAPSE: State.LAPSED,
    EventKind.REVOCATION: State.REVOKED,
    EventKind.REFUSAL: State.REFUSED,
    EventKind.WITHDRAWAL: State.WITHDRAWN,
}


@value
class Pledgor:
    """A company, or a natural person, that gives the pledge, with its place on that day.

    ``city`` and ``county`` are division codes; ``uscc`` is the credit code, or the
    organisation code where an old ledger knows no other. ``enterprise`` is the store's own
    number of the enterprise and None for a natural person or before the pledge is stored; it
    does not matter when two are compared.
    """

    name: str
    city: str
    county: str | None = None
    uscc: str | None = None
    size: Size | None = None
    industry: Industry | None = None
    is_person: bool = False
    enterprise: int | None = field(default=None, compare=False)


@value
class Pledgee:
    """A bank or other lender that takes the pledge."""

    name: str
    kind: PledgeeKind | None = None
    pledgee: int | None = field(default=None, compare=False)


@value
class Right:
    """One patent or trademark under a registration, its number in the normalised form."""

    number: str
    kind: RightKind
    name: str = ""


# The official notice of a change tells of a new pledgee as one of its items; said so, a
# transfer of the claim (债权转让) is told from a pledgee that only took another name.
TRANSFER = word("质权人（债权转让）")


@value
class Change:
    """One changed item of a change event, in the words of the paper."""

    item: str
    before: str
    after: str

    @property
    def renames_pledgor(self) -> bool:
        """Whether it says that a pledgor is called otherwise now: 出质人名称, not 出质人, which
        may have become another company."""
        named = any(what in self.item for what in ("名称", "姓名"))
        is_pledgor = any(who in self.item for who in ("出质人", "专利权人", "商标权人"))
        return named and is_pledgor and bool(self.before.strip() and self.after.strip())


@value
class Event:
    """Something dated that happened to a registration.

    ``secured_amount_fen`` (分) and ``term_end`` are the values from that day on, None where
    the event leaves them as they were. ``id`` is the store's own number.
    """

    kind: EventKind
    happened_on: date
    secured_amount_fen: int | None = None
    term_end: date | None = None
    changes: tuple[Change, ...] = ()
    note: str = ""
    id: int | None = field(default=None, compare=False)

    @property
    def is_transfer(self) -> bool:
        """Whether the claim went to another pledgee."""
        return any(change.item == TRANSFER for change in self.changes)

    @property
    def label_zh(self) -> str:
        """What the event is called: 变更, 延期, 债权转让 …"""
        return "债权转让" if self.is_transfer else self.kind.label_zh

    @property
    def label(self) -> str:
        """What the window calls it."""
        return either(self.label_zh, "Transfer of claim") if self.is_transfer else self.kind.label


@value
class Pledge:
    """One registration as it was registered, with the events since.

    Amounts are whole 分, None where the paper gives none. ``rights_declared`` is the printed
    件数. ``reg_no_in_doubt`` is the printed 登记号 while another registration of the kind bears
    it and nobody knows which of the two is right; then there is no ``reg_no``. ``id`` is the
    store's own number, ``uid`` the identifier that stays unique among stores; both are empty
    before the pledge is stored.
    """

    kind: Kind
    registered_on: date
    pledgors: tuple[Pledgor, ...]
    pledgees: tuple[Pledgee, ...] = ()
    rights: tuple[Right, ...] = ()
    reg_no: str | None = None
    secured_amount_fen: int | None = None
    credit_amount_fen: int | None = None
    loan_amount_fen: int | None = None
    appraised_value_fen: int | None = None
    subsidy_fen: int | None = None
    rights_declared: int | None = None
    term_start: date | None = None
    term_end: date | None = None
    channel: Channel | None = None
    note: str = ""
    events: tuple[Event, ...] = ()
    id: int | None = None
    uid: str = ""
    reg_no_in_doubt: str | None = None

    def numbered(self, reg_no: str) -> "Pledge":
        """The same with its 登记号, which ends any doubt about it."""
        return replace(self, reg_no=reg_no, reg_no_in_doubt=None)

    def with_number_in_doubt(self) -> "Pledge":
        """The same with its 登记号, where it has one, no longer its own but in doubt."""
        if self.reg_no is None:
            return self
        return replace(self, reg_no=None, reg_no_in_doubt=self.reg_no)

    @property
    def city(self) -> str:
        """Code of the city the registration counts in: that of its first pledgor."""
        return self.pledgors[0].city

    @property
    def county(self) -> str | None:
        """Code of the county the registration counts in: that of its first pledgor."""
        return self.pledgors[0].county

    @property
    def rights_count(self) -> int:
        """Number of rights that count (件次): those listed, else the declared 件数, else 0."""
        return len(self.rights) or self.rights_declared or 0

    @property
    def ending(self) -> Event | None:
        """The event that ended the pledge: the earliest of its kind, None while it lives."""
        endings = [event for event in self.events if event.kind in ENDINGS]
        return min(endings, key=lambda event: event.happened_on, default=None)

    @property
    def cancelled_on(self) -> date | None:
        """Date of cancellation, None when it was not cancelled."""
        ending = self.ending
        if ending is not None and ending.kind is EventKind.CANCELLATION:
            return ending.happened_on
        return None

    def term_end_on(self, day: date) -> date | None:
        """End of the debt's term after the extensions and changes known by that day."""
        ends = [event.term_end for event in self._known_by(day) if event.term_end is not None]
        return ends[-1] if ends else self.term_end

    def amount_on(self, day: date) -> int | None:
        """The secured amount in 分 after the changes known by that day, None when unknown."""
        amounts = [event.secured_amount_fen for event in self._known_by(day)]
        told = [amount for amount in amounts if amount is not None]
        return told[-1] if told else self.secured_amount_fen

    def pledgees_on(self, day: date) -> tuple[str, ...]:
        """The names of those who hold the claim after the transfers known by that day."""
        moved = [
            change.after
            for event in self._known_by(day)
            for change in event.changes
            if change.item == TRANSFER
        ]
        return tuple(moved[-1].split("；")) if moved else tuple(one.name for one in self.pledgees)

    def state_on(self, day: date) -> State:
        """What it is on a day."""
        ending = self.ending
        ended_on, ended_by = (None, None) if ending is None else (ending.happened_on, ending.kind)
        return state_on(day, ended_on, ended_by, self.term_end_on(day))

    def _known_by(self, day: date) -> list[Event]:
        """The events up to a day, oldest first."""
        known = [event for event in self.events if event.happened_on <= day]
        return sorted(known, key=lambda event: event.happened_on)


def state_on(
    day: date, ended_on: date | None, ended_by: EventKind | None, term_end: date | None
) -> State:
    """What a registration is on a day, from its ending and the end of its term."""
    if ended_on is not None and ended_by is not None and ended_on <= day:
        return _ENDED_STATES[ended_by]
    if term_end is None:
        return State.LIVE
    if term_end < day:
        return State.OVERDUE
    return State.DUE_SOON if (term_end - day).days <= DUE_SOON_DAYS else State.LIVE


_NAMES: dict[StrEnum, tuple[str, str]] = {
    Kind.PATENT: ("专利", "Patent"),
    Kind.TRADEMARK: ("商标", "Trademark"),
    Kind.COPYRIGHT: ("著作权", "Copyright"),
    Kind.DATA: ("数据知识产权", "Data rights"),
    Kind.IC_LAYOUT: ("集成电路布图设计", "IC layout design"),
    Kind.GEOGRAPHICAL_INDICATION: ("地理标志", "Geographical indication"),
    Size.LARGE: ("大型", "Large"),
    Size.MEDIUM: ("中型", "Medium"),
    Size.SMALL: ("小型", "Small"),
    Size.MICRO: ("微型", "Micro"),
    PledgeeKind.BANK: ("银行", "Bank"),
    PledgeeKind.RURAL_CREDIT: ("农信", "Rural credit"),
    PledgeeKind.GUARANTEE: ("担保", "Guarantee"),
    PledgeeKind.SMALL_LOAN: ("小贷", "Small loan"),
    PledgeeKind.LEASING: ("租赁", "Leasing"),
    PledgeeKind.TRUST: ("信托/SPV", "Trust or SPV"),
    PledgeeKind.OTHER: ("其他", "Other"),
    Channel.ONLINE: ("线上", "Online"),
    Channel.WINDOW: ("窗口", "Counter"),
    RightKind.INVENTION: ("发明", "Invention"),
    RightKind.UTILITY_MODEL: ("实用新型", "Utility model"),
    RightKind.DESIGN: ("外观设计", "Design"),
    RightKind.TRADEMARK: ("商标", "Trademark"),
    RightKind.OTHER: ("其他", "Other"),
    EventKind.CHANGE: ("变更", "Change"),
    EventKind.EXTENSION: ("延期", "Extension"),
    EventKind.CANCELLATION: ("注销", "Cancellation"),
    EventKind.LAPSE: ("失效", "Lapse"),
    EventKind.REVOCATION: ("撤销", "Revocation"),
    EventKind.REFUSAL: ("不予登记", "Refusal"),
    EventKind.WITHDRAWAL: ("撤回", "Withdrawal"),
    State.LIVE: ("有效", "Live"),
    State.DUE_SOON: ("即将到期", "Due soon"),
    State.OVERDUE: ("到期未注销", "Overdue"),
    State.CANCELLED: ("已注销", "Cancelled"),
    State.LAPSED: ("已失效", "Lapsed"),
    State.REVOKED: ("已撤销", "Revoked"),
    State.REFUSED: ("不予登记", "Refused"),
    State.WITHDRAWN: ("已撤回", "Withdrawn"),
}
