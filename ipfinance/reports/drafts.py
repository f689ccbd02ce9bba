"""A sentence as words and gaps: its pattern, words of one's own, and both drawn anew.

The gaps carry what the program answers for: the numbers with the word that gives their
direction (增长, 下降), the period and the area. Everything between them may be rewritten; the
rewritten words hold for every sentence of the same pattern, whatever its numbers.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ipfinance.reports.sentences import Figure, Sentence
from ipfinance.reports.wording import Language, grew
from ipfinance.statistics.claims import Comparison

OPEN, CLOSE = "〔", "〕"
_GAP = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_DIRECTED = (
    *(Comparison.YEAR_ON_YEAR, Comparison.CHAIN),
    *(Comparison.POINTS, Comparison.CHAIN_POINTS),
)
# Words that ask for a plain number; before 超过 and 近 they are left out.
_REACHED = re.compile(r"(达到|达|为)$")
_HEDGED = ("超过", "近")
_NAME = re.compile(r"\{([^{}]*)\}")
_STOPS = "。."


@dataclass(frozen=True, slots=True)
class Gap:
    """What cannot be rewritten: its text as drawn, and the number in it, if it has one.

    ``name`` says what it carries, the same for every period; ``lead`` is how many characters
    of the text stand before the number.
    """

    text: str
    name: str
    figure: Figure | None = None
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence in pieces, words (str) and gaps in turn."""

    pieces: tuple[str | Gap, ...]
    scope: str

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Gap))

    @property
    def pattern(self) -> str:
        """What all sentences of this form have in common, under which own words are kept."""
        return f"{self.scope}/{_skeleton(self.pieces)}"

    @property
    def text(self) -> str:
        """As it is edited: each gap between 〔 and 〕."""
        return "".join(
            f"{OPEN}{piece.text}{CLOSE}" if isinstance(piece, Gap) else piece
            for piece in self.pieces
        )

    def sentence(self) -> Sentence:
        """The sentence with its figures where the pieces put them."""
        text, figures = "", []
        for piece in self.pieces:
            if isinstance(piece, str):
                text += piece
                continue
            if piece.text.startswith(_HEDGED):
                text = _REACHED.sub("", text)
            if piece.figure is not None:
                start, end = len(text) + piece.lead, len(text) + len(piece.text)
                figures.append(replace(piece.figure, start=start, end=end))
            text += piece.text
        return Sentence(text, tuple(figures))


def draft_of(
    sentence: Sentence, scope: str, language: Language, fixed: Mapping[str, str] | None = None
) -> Draft:
    """Take a sentence apart.

    ``scope`` keeps patterns of different kinds of areas and languages apart; ``fixed`` are
    words before the first number that are bound too, by name: the period, the area.
    """
    pieces: list[str | Gap] = []
    at = 0
    for figure in sentence.figures:
        words = sentence.text[at : figure.start]
        lead = _lead(figure, words, language)
        words = words[: len(words) - len(lead)]
        pieces += [words] if pieces else _bound(words, fixed or {})
        pieces.append(Gap(lead + figure.text, _name(figure), figure, len(lead)))
        at = figure.end
    pieces.append(sentence.text[at:])
    return Draft(tuple(piece for piece in pieces if piece), scope)


def rewritten(draft: Draft, text: str) -> Draft | None:
    """The draft in other words, gaps between 〔 and 〕; None when a gap was altered or doubled.

    A gap may be left out or moved.
    """
    if sum(text.count(mark) for mark in OPEN + CLOSE) != 2 * len(_GAP.findall(text)):
        return None
    left = list(draft.gaps)
    pieces: list[str | Gap] = []
    at = 0
    for found in _GAP.finditer(text):
        gap = next((one for one in left if one.text == found[1]), None)
        if gap is None:
            return None
        left.remove(gap)
        pieces += [text[at : found.start()], gap]
        at = found.end()
    pieces.append(text[at:])
    return replace(draft, pieces=tuple(piece for piece in pieces if piece))


def kept_form(own: Draft, original: Draft) -> str:
    """Own words as they are kept: words, and the place of each gap in the original."""
    places = {id(gap): at for at, gap in enumerate(original.gaps)}
    return json.dumps(
        [places[id(piece)] if isinstance(piece, Gap) else piece for piece in own.pieces],
        ensure_ascii=False,
    )


def fitted(original: Draft, kept: Mapping[str, str]) -> Draft:
    """The sentence in the kept words of its pattern, else of one with most clauses in common.

    A clause that comes and goes with the figures (占全国…, 另有4件金额待补) does not cost the
    words of the others, as long as the rewritten sentence has as many clauses as it had.
    """
    if original.pattern in kept:
        return drawn(original, kept[original.pattern])
    best, most = original, 0
    for pattern, words in kept.items():
        made, common = _clause_by_clause(original, pattern, words)
        if common > most:
            best, most = made, common
    return best


def drawn(original: Draft, kept: str) -> Draft:
    """Kept words with the gaps of a sentence of the same pattern; the original if they are none."""
    pieces = _read(kept, original.gaps)
    return original if pieces is None else replace(original, pieces=pieces)


def _clause_by_clause(original: Draft, pattern: str, kept: str) -> tuple[Draft, int]:
    """Own words where a clause is the same, the program's where not; how many are the same."""
    head = f"{original.scope}/"
    comma = ", " if original.scope.startswith(Language.ENGLISH.value) else "，"
    before = [Gap("", name) for name in _NAME.findall(pattern)]
    own_pieces = _read(kept, before)
    if own_pieces is None or not pattern.startswith(head):
        return original, 0
    skeletons = pattern.removeprefix(head).rstrip(_STOPS).split(comma)
    clauses = _clauses(own_pieces, comma)
    if len(clauses) != len(skeletons):
        return original, 0
    own = dict(zip(skeletons, clauses, strict=True))
    pieces: list[str | Gap] = []
    common = 0
    for clause in _clauses(original.pieces, comma):
        skeleton = _skeleton(clause)
        gaps = {gap.name: gap for gap in clause if isinstance(gap, Gap)}
        words = own.get(skeleton)
        if words is not None and all(isinstance(one, str) or one.name in gaps for one in words):
            common += bool(gaps)  # words alone may stand in any sentence
            clause = [one if isinstance(one, str) else gaps[one.name] for one in words]
        pieces += [comma, *clause] if pieces else clause
    last = original.pieces[-1]
    stop = last[-1] if isinstance(last, str) and last[-1] in _STOPS else ""
    return replace(original, pieces=_joined([*pieces, stop])), common


def _clauses(pieces: Sequence[str | Gap], comma: str) -> list[list[str | Gap]]:
    """The pieces of each clause, without the commas between and the full stop at the end."""
    clauses: list[list[str | Gap]] = [[]]
    for at, piece in enumerate(pieces):
        if isinstance(piece, Gap):
            clauses[-1].append(piece)
            continue
        text = piece.rstrip(_STOPS) if at == len(pieces) - 1 else piece
        first, *more = text.split(comma)
        clauses[-1].append(first)
        clauses += [[one] for one in more]
    return [[piece for piece in clause if piece] for clause in clauses]


def _skeleton(pieces: Sequence[str | Gap]) -> str:
    """Words with the names of the gaps; 达到 comes and goes with the number that follows."""
    return "".join(
        f"{{{piece.name}}}" if isinstance(piece, Gap) else piece.removesuffix("达到")
        for piece in pieces
    )


def _joined(pieces: Sequence[str | Gap]) -> tuple[str | Gap, ...]:
    """The pieces with neighbouring words put together."""
    made: list[str | Gap] = []
    for piece in pieces:
        if isinstance(piece, str) and made and isinstance(made[-1], str):
            made[-1] += piece
        elif piece:
            made.append(piece)
    return tuple(made)


def _read(kept: str, gaps: Sequence[Gap]) -> tuple[str | Gap, ...] | None:
    """Kept words with these gaps in their places; None when they are not to be read."""
    try:
        told = json.loads(kept)
    except ValueError:
        return None
    if not isinstance(told, list) or not all(_fits(piece, gaps) for piece in told):
        return None
    return tuple(gaps[piece] if isinstance(piece, int) else piece for piece in told)


def _fits(piece: object, gaps: Sequence[Gap]) -> bool:
    return isinstance(piece, str) or (isinstance(piece, int) and 0 <= piece < len(gaps))


def _lead(figure: Figure, words: str, language: Language) -> str:
    """The word of direction right before a rate: it turns with the number."""
    if figure.value.comparison not in _DIRECTED:
        return ""
    lead = grew(figure.value, language) + (" " if language is Language.ENGLISH else "")
    return lead if words.endswith(lead) else ""


def _bound(words: str, fixed: Mapping[str, str]) -> list[str | Gap]:
    """Words with the period and the area taken out, each where it stands first."""
    pieces: list[str | Gap] = [words]
    for name, text in fixed.items():
        for at, piece in enumerate(pieces):
            if isinstance(piece, str) and text and text in piece:
                before, _, after = piece.partition(text)
                pieces[at : at + 1] = [before, Gap(text, name), after]
                break
    return pieces


def _name(figure: Figure) -> str:
    value = figure.value
    return f"{value.indicator.key}.{value.comparison.value}.{value.kind.value}"
