"""Commands that write files: report, figure, export, fill."""

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from ipfinance.cli import main
from tests.reports import standard


@pytest.fixture(scope="module")
def standard_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("standard") / "standard.db"
    standard.build(path)
    return path


def _run(store: Path, *arguments: str | Path | int) -> Result:
    return CliRunner().invoke(main, ["--db", str(store), *map(str, arguments)])


def test_that_report_writes_the_workbook(standard_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "summary.xlsx"
    result = _run(standard_file, "report", "2019", "-o", path)
    assert (result.exit_code, result.stdout) == (0, f"已写出：{path}\n")
    assert "表1 专利权" in openpyxl.load_workbook(path).sheetnames


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
@pytest.mark.parametrize("kind", ["patent", "trademark", "all"])
def test_that_figure_writes_the_figure(
    standard_file: Path, tmp_path: Path, kind: str, suffix: str
) -> None:
    path = tmp_path / f"figure.{suffix}"
    result = _run(
        standard_file, "figure", "2019", "--kind", kind, "-o", path, "--width", 150, "--dpi", 72
    )
    assert (result.exit_code, result.stdout) == (0, f"已写出：{path}\n")
    assert path.stat().st_size > 2000


def test_that_a_figure_of_nothing_says_so(standard_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "figure.svg"
    assert _run(standard_file, "figure", "2001", "--kind", "patent", "-o", path).exit_code == 0
    assert "2001年没有专利权质押登记" in path.read_text(encoding="utf-8")


def test_that_export_writes_the_ledger(standard_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    result = _run(standard_file, "export", path, "--period", "2019")
    assert (result.exit_code, result.stdout) == (0, f"已写出 108 笔登记：{path}\n")
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 109


def test_that_fill_writes_a_form_and_tells_what_it_could_not_fill(
    standard_file: Path, tmp_path: Path
) -> None:
    book = Workbook()
    book.worksheets[0].append(["{{registrations 330000 2019}}", "{{wishes 330000 2019}}"])
    book.save(tmp_path / "form.xlsx")
    path = tmp_path / "filled.xlsx"
    result = _run(standard_file, "fill", tmp_path / "form.xlsx", "-o", path)
    assert (result.exit_code, result.stdout) == (1, f"填写 1 处，已写出：{path}\n")
    assert "Sheet!B1：看不懂标记「wishes 330000 2019」" in result.stderr
    assert load_workbook(path).worksheets[0]["A1"].value == 108


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "2019", "-o", "no/such/folder.xlsx"], "文件夹不存在"),
        (["report", "2019", "-o", "summary.docx"], "汇总工作簿是 xlsx 文件"),
        (["report", "2019-13", "-o", "summary.xlsx"], "不存在的日期"),
        (["report", "2019"], "-o"),
        (["figure", "2019", "-o", "figure.png"], "--kind"),
        (["figure", "2019", "--kind", "patent", "-o", "figure.bmp"], "不支持「.bmp」格式的图"),
        (["export", "ledger.txt"], "不支持「.txt」格式的台账"),
        (["export", "ledger.csv", "--period", "hello"], "期间「hello」看不懂"),
    ],
)
def test_that_what_cannot_be_written_gets_one_line_and_status_2(
    standard_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = _run(standard_file, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []
