"""What the page of sentences asks the store, and the answer: sentences and their grounds."""

from dataclasses import dataclass
from datetime import date

from ipfinance.db.connection import Store
from ipfinance.db.divisions import all_divisions
from ipfinance.db.reach import reach
from ipfinance.db.wordings import all_wordings
from ipfinance.domain.period import Period
from ipfinance.language import tr
from ipfinance.progress import Progress
from ipfinance.reports.drafts import Draft, draft_of, fitted
from ipfinance.reports.evidence import Passage
from ipfinance.reports.grounds import Ground, Grounds
from ipfinance.reports.omissions import omissions
from ipfinance.reports.sentences import Sentence, sentences
from ipfinance.reports.wording import Language
from ipfinance.ui.widgets.period_text import default_period


@dataclass(frozen=True, slots=True)
class Shown:
    """One sentence: as the program writes it, as it is shown, and what its numbers rest on."""

    original: Draft
    draft: Draft
    sentence: Sentence
    grounds: tuple[Ground, ...]

    @property
    def is_own(self) -> bool:
        """Whether it is shown in words of one's own."""
        return self.draft != self.original


@dataclass(frozen=True, slots=True)
class SentencesQuestion:
    """Which sentences; without a period, those of the one that is shown first."""

    period: Period | None
    area: str | None  # division code, None the whole province
    language: Language
    today: date

    def read(self, store: Store, progress: Progress) -> "SentencesAnswer":
        """Ask the store; for a job."""
        ends = reach(store)
        period = self.period or default_period(ends, self.today)
        divisions = all_divisions(store)
        place = divisions.name_of(self.area) if self.area else divisions.province.name
        kept, grounds = all_wordings(store), Grounds(store)
        shown = []
        found = sentences(store, period, self.language, self.area)
        for number, sentence in enumerate(found):
            progress.step(number, len(found), tr("核对依据"))
            original = draft_of(sentence, self.scope, self.language, self._fixed(store, period))
            draft = fitted(original, kept)
            said = draft.sentence()
            shown.append(
                Shown(original, draft, said, tuple(grounds.of(one) for one in said.figures))
            )
        omitted = omissions(store, period, self.area)
        return SentencesAnswer(self, period, place, tuple(shown), ends, omitted)

    @property
    def scope(self) -> str:
        """Own words hold for the province, or for every city, in one language."""
        return f"{self.language.value}/{'city' if self.area else 'province'}"

    def _fixed(self, store: Store, period: Period) -> dict[str, str]:
        """What the first sentence begins with, and no one may rewrite."""
        divisions = all_divisions(store)
        if self.language is Language.CHINESE:
            name = divisions.name_of(self.area) if self.area else "全省"
            return {"period": period.label_zh, "area": name}
        code = self.area or divisions.province.code
        name = next(one.name_en for one in divisions if one.code == code)
        return {"period": period.label_en, "area": name}


@dataclass(frozen=True, slots=True)
class SentencesAnswer:
    """The sentences, and the first and last day with a registration (None: an empty store).

    ``omitted`` tells what is not said for want of a base, and why.
    """

    question: SentencesQuestion
    period: Period
    place: str
    shown: tuple[Shown, ...]
    reach: tuple[date, date] | None
    omitted: tuple[str, ...] = ()

    @property
    def passage(self) -> Passage:
        """What is copied and filed."""
        title = f"{self.period.label_zh}{self.place}知识产权质押登记报告语句"
        return Passage(title, tuple(one.sentence for one in self.shown))
