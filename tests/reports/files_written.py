"""Writes every file that goes out, as a window does that has chosen a language; run by a test.

``python -m tests.reports.files_written LANGUAGE STORE FOLDER``
"""

import sys
from datetime import date
from pathlib import Path

from ipfinance import language

TODAY = date(2019, 10, 1)


def main(spoken: str, file: str, folder: Path) -> None:
    language.choose(language.Language(spoken))  # before what has words is imported
    from ipfinance.db.connection import open_store
    from ipfinance.db.totals import Group
    from ipfinance.domain.period import Period
    from ipfinance.progress import Progress
    from ipfinance.reports.evidence import Passage, write_evidence
    from ipfinance.reports.figure import city_figure
    from ipfinance.reports.figure_chart import chart_figure
    from ipfinance.reports.figure_files import write_figure
    from ipfinance.reports.figure_workbook import write_chart_workbook
    from ipfinance.reports.ledger import export_ledger
    from ipfinance.reports.sentences import sentences
    from ipfinance.reports.wording import Language
    from ipfinance.reports.workbook import write_report
    from ipfinance.statistics.chart_kinds import ChartKind
    from ipfinance.statistics.charted import ChartWanted
    from ipfinance.statistics.chosen import Pick, chosen
    from ipfinance.statistics.claims import Comparison
    from ipfinance.statistics.tables import KindChoice, table
    from ipfinance.ui.models.values_model import ValuesModel, chosen_columns, chosen_lines

    period = Period.year(2019)
    with open_store(Path(file), who="测试员") as store:
        said = sentences(store, period, Language.CHINESE)
        wanted = ChartWanted(ChartKind.MONTHS, "secured_amount")
        with language.for_files():
            title = f"{period.label}报告语句"
            city = city_figure(table(store, period, KindChoice.PATENT, Group.CITY, TODAY), TODAY)
            months = chart_figure(wanted.read(store, period, KindChoice.ALL, TODAY), TODAY)
        figures = table(store, period, KindChoice.ALL, Group.QUARTER, TODAY)
        picks = [
            *(Pick("registrations"), Pick("secured_amount"), Pick("inclusive_rate")),
            Pick("registrations", Comparison.YEAR_ON_YEAR),
        ]
        answer = chosen(store, figures, picks)
        model = ValuesModel()
        model.set_rows(
            chosen_lines(figures, answer, lambda code: code), chosen_columns(figures, answer)
        )
        notes = (*figures.notes, *answer.notes)
        shown = model.shown(language.tr("统计表"), "", notes, figures.facts.scale)
        write_report(store, period, folder / "summary.xlsx", TODAY, Progress(), shown)
        write_evidence(
            store, Passage(title, tuple(said)), folder / "evidence.xlsx", TODAY, Progress()
        )
        for suffix in (".svg", ".png", ".pdf"):
            write_figure(city, folder / f"city{suffix}", dpi=100)
            write_figure(months, folder / f"months{suffix}", dpi=100)
        write_chart_workbook(months, folder / "months.xlsx")
        for suffix in (".xlsx", ".csv"):
            export_ledger(store, folder / f"ledger{suffix}", TODAY, Progress())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
