"""The merged cells of an ods, which calamine does not tell."""

from xml.parsers import expat

from ipfinance.intake.workbook_parts import Merge, ods_content


def ods_merges(data: bytes) -> dict[str, list[Merge]]:
    """The merged ranges of each sheet of an ods; empty when there are none."""
    content = ods_content(data)
    return _OdsMerges().read(content) if b"rows-spanned" in content else {}


class _OdsMerges:
    """Walks through the tables of an ods, where rows and cells may stand for many."""

    def __init__(self) -> None:
        self._found: dict[str, list[Merge]] = {}
        self._here: list[Merge] = []
        self._row = self._column = self._rows_meant = 0

    def read(self, content: bytearray) -> dict[str, list[Merge]]:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            return {}
        return self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._here = self._found.setdefault(attributes.get("table:name", ""), [])
            self._row = 0
        elif name == "table:table-row":
            self._column = 0
            self._rows_meant = int(attributes.get("table:number-rows-repeated", "1"))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            down = int(attributes.get("table:number-rows-spanned", "1"))
            across = int(attributes.get("table:number-columns-spanned", "1"))
            if down > 1 or across > 1:
                self._here.append(
                    Merge(
                        self._row,
                        self._column,
                        self._row + down - 1,
                        self._column + across - 1,
                    )
                )
            self._column += int(attributes.get("table:number-columns-repeated", "1"))

    def _end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._rows_meant
