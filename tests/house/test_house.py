"""Rules of the house that no other tool holds."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "ipfinance"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_MODULE, LONGEST_TESTS = 400, 500

# What the window's frame does without until it is painted: each costs a noticeable part of the
# time to the first window.
LOADED_LATER = {
    "PySide6.QtPrintSupport",
    "click",
    "ipfinance.db.history",
    "ipfinance.db.ledger",
    "ipfinance.domain.division",
    "ipfinance.domain.pledge",
    "ipfinance.ui.dialogs.message",
    "ipfinance.ui.errands",
    "ipfinance.ui.pages.overview",
    "ipfinance.ui.tour",
    "ipfinance.ui.widgets.page",
    "logging.handlers",
    "matplotlib",
    "olefile",
    "openpyxl",
    "pandas",
    "pypinyin",
    "python_calamine",
    "sqlite_utils",
    "tabulate",
    "xlsxwriter",
}

LEFT_BY_TOOLS = {
    ".git",
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "__pycache__",
    "build",
    "dist",
}

# Distributions whose modules go by other names.
MODULES_OF = {
    "pyside6-essentials": {"PySide6", "shiboken6"},
    "python-stdnum": {"stdnum"},
}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _kept_files() -> tuple[Path, ...]:
    """Every file that belongs to the project, whether committed already or not."""
    if shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        if listed.returncode == 0:
            names = listed.stdout.decode().split("\0")
            return tuple(path for name in names if name and (path := ROOT / name).is_file())
    # No git, or unpacked from an archive: all but what tools leave behind.
    return tuple(
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not LEFT_BY_TOOLS & set(path.relative_to(ROOT).parts)
    )


def _imported_roots(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def _purpose(path: Path) -> str:
    """The first sentence of a module's docstring; blank when it does not begin with one."""
    text = path.read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text), clean=False) if text.startswith('"""') else None
    return (docstring or "").partition("\n\n")[0].rstrip()


def test_that_each_module_begins_by_saying_what_it_is_for() -> None:
    files = (*MODULES, *TESTS)
    assert [_name(path) for path in files if not _purpose(path).endswith((".", "?", "!"))] == []


def test_that_no_module_outgrows_its_room() -> None:
    for files, longest in ((MODULES, LONGEST_MODULE), (TESTS, LONGEST_TESTS)):
        lengths = {
            _name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files
        }
        assert {name: lines for name, lines in lengths.items() if lines > longest} == {}


def test_that_no_drawer_collects_odds_and_ends() -> None:
    drawers = re.compile(r"_?(utils?|helpers?|misc|common|stuff|tools)", re.IGNORECASE)
    kept = [path.relative_to(PACKAGE) for path in MODULES]
    assert [
        str(path)
        for path in kept
        if any(drawers.fullmatch(part) for part in (*path.parent.parts, path.stem))
    ] == []


def test_that_no_file_names_a_package_registry() -> None:
    # Put together here so that this file does not name them either.
    hosts = [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry.npmjs", "org"),
        ("deb.debian", "org"),
        ("security.debian", "org"),
        ("archive.ubuntu", "com"),
        ("proxy.golang", "org"),
        ("crates", "io"),
    ]
    pattern = re.compile("|".join(re.escape(".".join(host)) for host in hosts).encode())
    assert [_name(path) for path in _kept_files() if pattern.search(path.read_bytes())] == []


def test_that_every_imported_package_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {
        re.split(r"[\s<>=!~;\[]", line, maxsplit=1)[0].lower() for line in project["dependencies"]
    }
    modules = {name: MODULES_OF.get(name, {name.replace("-", "_")}) for name in names}
    imported = {root for path in MODULES for root in _imported_roots(path)}
    foreign = imported - sys.stdlib_module_names - {"ipfinance"}
    assert foreign - set().union(*modules.values()) == set(), "imported but not declared"
    unused = {name for name, theirs in modules.items() if not theirs & imported}
    assert unused == set(), "declared but not imported"


def test_that_imports_keep_to_the_floors() -> None:
    # In an interpreter of its own: import-linter leaves its mark on logging and sys.path.
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-logo",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


# The window's frame, painted before the first page is entered.
_FRAME = """
import sys
from pathlib import Path
from ipfinance.start import make_application
application = make_application()
from ipfinance.app import App
App(application).open(Path(sys.argv[1])).grab()
print(*sys.modules)
"""


def test_that_the_frame_is_painted_without_what_it_does_not_need(
    empty_store: Path, tmp_path: Path
) -> None:
    store = shutil.copy(empty_store, tmp_path)
    ran = subprocess.run(
        [sys.executable, "-c", _FRAME, store],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert set(ran.stdout.split()) & LOADED_LATER == set()


def test_that_every_command_is_in_the_readme() -> None:
    import click

    from ipfinance.cli import main

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"\bipfinance (?:--db \S+ )?([a-z]+)", readme))
    told |= set(re.findall(r"`([a-z]+)[ `]", readme))
    assert set(main.list_commands(click.Context(main))) - told == set()


def test_that_the_wheel_carries_the_resources(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    shipped = [path for path in _kept_files() if path.is_relative_to(ROOT / "resources")]
    assert shipped
    for path in shipped:
        there = installed / "ipfinance" / path.relative_to(ROOT)
        assert there.read_bytes() == path.read_bytes()

    found = subprocess.run(
        [sys.executable, "-c", "from ipfinance.paths import resource as r; print(r('icons'))"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout.strip() == str(installed / "ipfinance" / "resources" / "icons")
