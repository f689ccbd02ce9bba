"""Commands of the program, each in a process of its own whose time and memory are measured.

A process that has loaded the program once forks for each command, so that a command costs
neither the start of an interpreter nor the memory of the tests around it.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

SECONDS = 30
MEGABYTES = 500
_ADDRESS_SPACE = 3 * 2**30  # beyond it an allocation fails, instead of the machine

_SERVER = """
import json, os, resource, signal, sys, time
import openpyxl, python_calamine, xlsxwriter
import ipfinance.commands.bring_in, ipfinance.commands.bring_in_notices
from ipfinance.cli import main
from ipfinance.intake import importing, rejects
sys.stdout.write("\\n"); sys.stdout.flush()
for line in sys.stdin:
    job = json.loads(line)
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_AS, (job["space"], job["space"]))
        signal.alarm(job["seconds"] * 2)
        out = os.open(job["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        err = os.open(job["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(err, 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        try:
            main(job["arguments"])
        except SystemExit as end:
            code = end.code or 0
        except BaseException:
            import traceback
            traceback.print_exc()
            code = 70
        sys.stdout.flush(); sys.stderr.flush()
        os._exit(code)
    _, status, used = os.wait4(child, 0)
    print(json.dumps([os.waitstatus_to_exitcode(status), time.perf_counter() - began,
                      used.ru_maxrss]), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended: exit status (negative: killed by a signal), output, cost."""

    status: int
    output: str
    errors: str
    seconds: float
    megabytes: float


class Commands:
    """Runs commands one after another."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._server = subprocess.Popen(
            [sys.executable, "-c", _SERVER],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        _line(self._server.stdout)

    def run(self, *arguments: str | Path) -> Ran:
        """Run the program with these arguments."""
        job = {
            "arguments": [str(argument) for argument in arguments],
            "space": _ADDRESS_SPACE,
            "seconds": SECONDS,
            "out": str(self._scratch / "out"),
            "err": str(self._scratch / "err"),
        }
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(job) + "\n")
        self._server.stdin.flush()
        status, seconds, kilobytes = json.loads(_line(self._server.stdout))
        output, errors = (
            (self._scratch / name).read_text(encoding="utf-8") for name in ("out", "err")
        )
        return Ran(status, output, errors, seconds, kilobytes / 1024)

    def close(self) -> None:
        for pipe in (self._server.stdin, self._server.stdout):
            assert pipe is not None
            pipe.close()
        self._server.wait(timeout=2 * SECONDS)


def _line(pipe: IO[str] | None) -> str:
    assert pipe is not None
    line = pipe.readline()
    assert line, "the process that runs commands has died"
    return line
