"""The scripts behind `make run` and `make test`, on machines that are made up."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these scripts are for Linux")

LIBRARIES = "libglib-2.0.so.0 libGL.so.1 libEGL.so.1 libfontconfig.so.1 libdbus-1.so.3"


class Machine:
    """A machine that has only the commands it was given."""

    def __init__(self, folder: Path) -> None:
        self.commands = folder / "bin"
        self.commands.mkdir()
        self.calls = folder / "calls"
        self.calls.touch()
        self.checkout = folder / "a checkout"
        (self.checkout / "tools").mkdir(parents=True)
        for name in ("sh", "cat", "grep", "cksum", "rm", "mkdir", "env"):
            found = shutil.which(name)
            assert found
            (self.commands / name).symlink_to(found)
        self.has("uname", "echo Linux")
        self.has("id", "echo 0")
        self.has("python3", "exit 0")
        self.has("ldconfig", f'for l in {LIBRARIES} libxkbcommon.so.0; do echo "  $l (x)"; done')
        self.has("fc-list", "echo Noto Sans CJK SC")

    def has(self, command: str, does: str) -> None:
        path = self.commands / command
        path.write_text(f'#!/bin/sh\necho "{command} $*" >>"{self.calls}"\n{does}\n')
        path.chmod(0o755)

    def lacks(self, command: str) -> None:
        (self.commands / command).unlink()

    def runs(self, script: str, *words: str) -> subprocess.CompletedProcess[str]:
        shutil.copy(ROOT / "tools" / script, self.checkout / "tools")
        return subprocess.run(
            [self.checkout / "tools" / script, *words],
            cwd=self.checkout,
            env={"PATH": str(self.commands)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def was_told(self, command: str) -> list[str]:
        return [call for call in self.calls.read_text().splitlines() if call.split()[0] == command]


# Stands for the system's Python and, copied by "-m venv", for the environment's.
PYTHON = """case "$*" in
"-m venv"*) mkdir -p .venv/bin && cat "$0" >.venv/bin/python && chmod +x .venv/bin/python ;;
esac"""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.has("python3", PYTHON)
    (machine.commands / "chmod").symlink_to(shutil.which("chmod") or "")
    (machine.checkout / "pyproject.toml").write_text("[project]\n")
    return machine


def _installed(machine: Machine, by: str = "apt-get") -> list[str]:
    """The packages that apt-get was asked for."""
    asked = [call for call in machine.was_told(by) if " install " in call]
    return [word for call in asked for word in call.split(" install ")[1].split() if word[0] != "-"]


@pytest.mark.parametrize("need", ["terminal", "drawing"])
def test_that_nothing_is_installed_where_nothing_is_missing(machine: Machine, need: str) -> None:
    machine.has("apt-get", "exit 1")
    assert machine.runs("system-packages", need).returncode == 0
    assert machine.was_told("apt-get") == []


def test_that_only_what_is_missing_is_installed(machine: Machine) -> None:
    machine.has("apt-get", "exit 0")
    machine.has("fc-list", "exit 0")
    machine.has("ldconfig", f"echo '{LIBRARIES} '")
    machine.runs("system-packages", "drawing")
    assert _installed(machine) == ["fonts-noto-cjk", "libxkbcommon0"]


def test_that_a_chinese_font_of_another_name_is_enough(machine: Machine) -> None:
    machine.has("apt-get", "exit 1")
    machine.has("fc-list", "echo WenQuanYi Micro Hei")
    machine.runs("system-packages", "terminal")
    assert machine.was_told("apt-get") == []


def test_that_office_tools_are_installed_for_tests_only(machine: Machine) -> None:
    machine.has("apt-get", "exit 0")
    machine.runs("system-packages", "window")
    for_the_window = _installed(machine)
    machine.runs("system-packages", "test")
    for_the_tests = _installed(machine)[len(for_the_window) :]
    assert "libxcb-cursor0" in for_the_window
    assert set(for_the_tests) - set(for_the_window) == {
        "xvfb",
        "xauth",
        "poppler-utils",
        "libreoffice-calc-nogui",
    }


def test_that_a_python_without_venv_gets_its_package(machine: Machine) -> None:
    machine.has("apt-get", "exit 0")
    machine.has("python3", 'case "$*" in *ensurepip*) exit 1 ;; *) echo python3.11-venv ;; esac')
    machine.runs("system-packages", "terminal")
    assert _installed(machine) == ["python3.11-venv"]


def test_that_a_user_who_is_not_root_goes_through_sudo(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("sudo", "exit 0")
    machine.has("apt-get", "exit 1")
    machine.has("fc-list", "exit 0")
    assert machine.runs("system-packages", "terminal").returncode == 0
    assert machine.was_told("apt-get") == []
    assert _installed(machine, by="sudo") == ["fonts-noto-cjk"]


@pytest.mark.parametrize("lacking", ["apt-get", "sudo", "network"])
def test_that_what_cannot_be_installed_is_told_in_a_line_and_work_goes_on(
    machine: Machine, lacking: str
) -> None:
    machine.has("fc-list", "exit 0")
    if lacking != "apt-get":
        machine.has("apt-get", "exit 100")
    if lacking == "sudo":
        machine.has("id", "echo 1000")
    ran = machine.runs("system-packages", "terminal")
    assert ran.returncode == 0
    assert "fonts-noto-cjk" in ran.stderr.splitlines()[-1]


def _work_of_pip(machine: Machine) -> list[str]:
    return [call for call in machine.was_told("python3") if "-m pip install" in call]


def test_that_the_environment_is_made_once(machine: Machine) -> None:
    for _ in range(2):
        assert machine.runs("environment", "run").returncode == 0
    assert len(_work_of_pip(machine)) == 1
    assert len([call for call in machine.was_told("python3") if "-m venv" in call]) == 1


def test_that_an_environment_for_tests_serves_to_run(machine: Machine) -> None:
    machine.runs("environment", "test")
    machine.runs("environment", "run")
    assert [call.split()[-1] for call in _work_of_pip(machine)] == [".[test]"]


def test_that_tests_need_more_than_an_environment_to_run(machine: Machine) -> None:
    machine.runs("environment", "run")
    machine.runs("environment", "test")
    assert [call.split()[-1] for call in _work_of_pip(machine)] == [".", ".[test]"]


def _change_the_dependencies(machine: Machine) -> None:
    (machine.checkout / "pyproject.toml").write_text("[project]\ndependencies = []\n")


def _move_the_checkout(machine: Machine) -> None:
    machine.checkout = machine.checkout.rename(machine.checkout.with_name("elsewhere"))


@pytest.mark.parametrize("change", [_change_the_dependencies, _move_the_checkout])
def test_that_a_change_brings_the_environment_up_to_date(
    machine: Machine, change: Callable[[Machine], None]
) -> None:
    machine.runs("environment", "run")
    change(machine)
    machine.runs("environment", "run")
    assert len(_work_of_pip(machine)) == 2


def test_that_a_failed_installation_is_tried_again(machine: Machine) -> None:
    machine.has("python3", PYTHON + '\ncase "$*" in *"pip install"*) exit 1 ;; esac')
    for _ in range(2):
        assert machine.runs("environment", "run").returncode == 2
    assert len(_work_of_pip(machine)) == 2


def test_that_a_python_too_old_is_refused(machine: Machine) -> None:
    old = 'case "$*" in *version_info*) exit 1 ;; --version) echo Python 3.9.2 ;; esac'
    machine.has("python3", old)
    ran = machine.runs("environment", "run")
    assert ran.returncode == 2
    assert "Python 3.9.2" in ran.stderr
    assert not (machine.checkout / ".venv").exists()


def test_that_half_a_demonstration_store_is_not_kept(machine: Machine) -> None:
    machine.has("python3", 'echo half >build/demo/ipfinance.db; case "$*" in *demo) exit 2 ;; esac')
    assert machine.runs("terminal-errand").returncode == 2
    assert not (machine.checkout / "build/demo/ipfinance.db").exists()


def _errand(folder: Path, python: str) -> str:
    """What the errand says in the terminal."""
    ran = subprocess.run(
        [ROOT / "tools/terminal-errand", folder],
        cwd=ROOT,
        env=os.environ | {"PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_that_the_errand_runs_without_a_window(tmp_path: Path) -> None:
    folder = tmp_path / "演示"
    said = _errand(folder, sys.executable)
    assert "正在生成演示数据" in said
    assert said.count("杭州市") == 2
    for name in ("summary-2019.xlsx", "patents-2019.png", "trademarks-2019.png"):
        assert str(folder / name) in said
        assert (folder / name).stat().st_size > 10_000


def test_that_the_errand_makes_no_registrations_where_there_are_some(tmp_path: Path) -> None:
    (tmp_path / "ipfinance.db").touch()
    said = _errand(tmp_path, "echo")  # which says the commands instead of running them
    assert "演示数据已经有了" in said
    assert "stats 2019 --kind patent" in said
    assert " demo" not in said


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize(
    ("display", "script"),
    [
        ({"DISPLAY": ":0"}, "-m ipfinance"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "-m ipfinance"),
        ({"DISPLAY": "", "WAYLAND_DISPLAY": ""}, "tools/terminal-errand"),
        ({}, "tools/terminal-errand"),
    ],
)
def test_that_a_display_decides_between_window_and_terminal(
    display: dict[str, str], script: str
) -> None:
    elsewhere = {"DISPLAY", "WAYLAND_DISPLAY", "MAKEFLAGS", "MAKELEVEL"}
    environment = {name: value for name, value in os.environ.items() if name not in elsewhere}
    would = subprocess.run(
        ["make", "--dry-run", "run"],
        cwd=ROOT,
        env=environment | display,
        capture_output=True,
        text=True,
        check=True,
    )
    assert script in would.stdout.splitlines()[-1]
