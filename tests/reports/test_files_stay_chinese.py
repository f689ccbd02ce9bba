"""Files that go out are in Chinese, whatever the window that wrote them says."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from ipfinance.language import Language

ROOT = Path(__file__).parents[2]
_OF_ITS_TIME = "docProps/core.xml"  # when the workbook was made


def written(language: Language, store: Path, folder: Path) -> dict[str, object]:
    """What stands in each file, written by a process of its own; of a workbook by part."""
    folder.mkdir()
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "tests.reports.files_written"),
            *(language.value, str(store), str(folder)),
        ],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return {path.name: _content(path) for path in sorted(folder.iterdir())}


def _content(path: Path) -> object:
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist() if name != _OF_ITS_TIME}


def test_that_an_english_window_writes_the_files_of_a_chinese_one(
    standard_file: Path, tmp_path: Path
) -> None:
    chinese = written(Language.CHINESE, standard_file, tmp_path / "zh")
    english = written(Language.ENGLISH, standard_file, tmp_path / "en")
    assert len(chinese) == 11
    assert english.keys() == chinese.keys()
    for name, content in chinese.items():
        assert english[name] == content, name
