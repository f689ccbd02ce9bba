"""The two kinds of error that are not bugs: what the user can mend, and being asked to stop."""

from ipfinance.language import sentences, tr

_SENTENCE_ENDS = ("。", "！", "？", "…", ".", "!", "?")


class UserError(Exception):
    """Something the user can mend.

    ``text`` is one sentence saying what is wrong, ``hint`` one saying what to do;
    neither needs its full stop. ``str()`` joins them for the command line and the log.
    """

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text, hint)  # both in args, so that the error can be pickled
        self.text = text
        self.hint = hint

    def __str__(self) -> str:
        if not self.hint:
            return self.text
        if self.text.endswith(_SENTENCE_ENDS):
            return sentences(self.text, self.hint)
        return tr("{fault}。{hint}", fault=self.text, hint=self.hint)


class Cancelled(Exception):
    """The user asked a running job to stop; nothing is wrong."""
