"""Files made to do harm: refused, or read, in good time and little memory, in one clear line."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ipfinance.db.connection import Store, open_store
from tests import make
from tests.intake.hostile_made import GAZETTE, HOSTILE, repeated, sound, written
from tests.intake.measured import MEGABYTES, SECONDS, Commands, Ran

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="memory is measured by fork")


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    running = Commands(tmp_path_factory.mktemp("commands"))
    yield running
    running.close()


@pytest.fixture
def db(store: Store) -> Path:
    return store.path


def _tried(commands: Commands, db: Path, command: str, path: Path) -> Ran:
    """Run a command with a file; whatever comes of it must be told and bounded."""
    with open_store(db) as store:
        before = make.dump(store)
    ran = commands.run("--db", db, command, path)
    assert ran.status in (0, 1, 2), (ran.status, ran.errors[-2000:])
    assert "Traceback" not in ran.errors
    assert ran.seconds < SECONDS
    assert ran.megabytes < MEGABYTES
    if ran.status == 2:
        [line] = ran.errors.strip().splitlines()
        assert len(line) < 1000
        with open_store(db) as store:
            assert make.dump(store) == before
    return ran


@pytest.mark.parametrize("name", HOSTILE)
def test_that_a_hostile_file_is_refused_or_read_within_bounds(
    commands: Commands, db: Path, tmp_path: Path, name: str
) -> None:
    make_file, said = HOSTILE[name]
    ran = _tried(commands, db, "import", make_file(tmp_path))
    if said:
        assert ran.status == 2, ran.output
        assert any(words in ran.errors for words in said.split("|")), ran.errors


_HOSTILE_NOTICES: dict[str, Callable[[Path], Path]] = {
    "a device": lambda _: Path("/dev/zero"),
    "a folder": lambda f: f,
    "empty": lambda f: written(f, "n.txt", b""),
    "a workbook": sound,
    "zeros": lambda f: repeated(f, "n.txt", b"\0" * 2**20, 10),
    "too long": lambda f: repeated(f, "n.txt", b"x" * 2**20, 20),
    "one line of labels": lambda f: repeated(f, "n.txt", "登记号:".encode() * 1000, 400),
    "nothing but titles": lambda f: repeated(
        f, "n.txt", "专利权质押合同登记的生效".encode() * 1000, 100
    ),
    "one gazette very often": lambda f: repeated(f, "n.txt", GAZETTE.read_bytes(), 500),
    "brackets": lambda f: repeated(
        f, "n.txt", ("专利权质押合同登记的生效出质人:" + "（" * 100_000).encode(), 5
    ),
}


@pytest.mark.parametrize("name", _HOSTILE_NOTICES)
def test_that_hostile_notices_are_refused_or_read_within_bounds(
    commands: Commands, db: Path, tmp_path: Path, name: str
) -> None:
    _tried(commands, db, "notice", _HOSTILE_NOTICES[name](tmp_path))


def test_that_the_bounds_are_felt(commands: Commands, db: Path, tmp_path: Path) -> None:
    """A sound file takes little, so what is measured above is the file's doing."""
    ran = _tried(commands, db, "import", sound(tmp_path))
    assert ran.status == 0
    assert ran.megabytes < 150
