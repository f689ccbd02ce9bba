"""When the entry form tells of faults: of a field that was left, and of all once saving failed."""

from ipfinance.language import tr
from ipfinance.ui.pages.entry_form import EntryForm
from ipfinance.ui.pages.entry_reading import FormCells, FormReading, Spot
from ipfinance.ui.roles import Tone
from ipfinance.ui.widgets.banner import Banner

_MOST_LINKS = 10


class FaultTeller:
    """Speaks beside the fields, and through the banner with a link to each that is wrong."""

    def __init__(self, form: EntryForm, banner: Banner) -> None:
        self._form = form
        self._banner = banner
        self._tried = False  # saving was tried: errors are told as errors, of every field
        self._visited: set[Spot] = set()

    def begin(self) -> None:
        """Another registration: nothing was tried, no field was left yet."""
        self._tried = False
        self._visited.clear()

    def refuse(self, reading: FormReading, duplicate: int | None) -> None:
        """Saving failed: tell everything, and go to the first field that is wrong."""
        self._tried = True
        self.show(reading, duplicate)
        self.go_to(next(spot for spot in self._form.boxes() if reading.at(spot, True)))

    def leave(self, spot: Spot, cells: FormCells) -> bool:
        """A field was left; whether there is anything to tell now."""
        if cells.text(spot).strip():
            self._visited.add(spot)
        else:
            self._visited.discard(spot)
        return self._tried or bool(self._visited)

    def forget_rows(self) -> None:
        """Rows came or went: what was left in a row that is gone is not told of."""
        self._visited &= set(self._form.boxes())

    def show(self, reading: FormReading, duplicate: int | None) -> None:
        """Tell the faults; before saving was tried only of the fields that were left, and as
        warnings. `duplicate` is another registration that has the same number."""
        if not self._tried:
            self._form.show_reading(reading, dict.fromkeys(self._visited, False))
            return
        boxes = self._form.boxes()
        self._form.show_reading(reading, dict.fromkeys(boxes, True))
        wrong = [spot for spot in boxes if reading.at(spot, True)]
        if not wrong:
            self._banner.clear()
            return
        links = [(f"at:{key}:{row}", boxes[key, row].text) for key, row in wrong[:_MOST_LINKS]]
        if duplicate is not None:
            links.append((f"open:{duplicate}", tr("打开已有的这笔登记")))
            links.append(("doubt", tr("不知道哪个写错，先保存，登记号待核")))
        self._banner.say(
            Tone.DANGER, tr("有 {count} 处需要修正后才能保存：", count=len(wrong)), links
        )

    def show_saved(self, reading: FormReading) -> None:
        """What was saved may have warnings; they stay beside their fields."""
        self._form.show_reading(reading, dict.fromkeys(self._form.boxes(), True))

    def go_to(self, spot: Spot) -> None:
        """Put the cursor into a field, if it is still there."""
        box = self._form.boxes().get(spot)
        if box is not None:
            box.go_there()
