"""Measure subjects side by side: interleaved rounds, medians of ratios, memory in processes apart.

Milliseconds belong to one machine on one day; what carries over are ratios of subjects that were
run in turns, because whatever slows the machine slows all of them.
"""

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

Run = Callable[[], object]
Prepared = AbstractContextManager[Run]


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that is measured.

    ``prepare`` opens what is needed and gives the function to be timed; it is called once for
    all rounds, or for each of them when ``fresh``. ``external`` subjects start a process of
    their own, whose memory is theirs. The function of one that ``tells`` gives the seconds
    itself, of the slowest of many steps for example.
    """

    name: str
    prepare: Callable[[], Prepared]
    fresh: bool = False
    external: bool = False
    tells: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the table: our way, others beside it, and the ratio to be reached."""

    key: str
    words: str
    ours: Subject
    others: tuple[Subject, ...]
    targets: dict[str, float] = field(default_factory=dict)
    rounds: int = 7

    @property
    def subjects(self) -> tuple[Subject, ...]:
        return (self.ours, *self.others)


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out for one subject: median milliseconds, ratio of ours to it, memory in MB.

    Memory is what it takes at most above what it began with; None where that cannot be told.
    """

    name: str
    milliseconds: float
    ratio: float | None
    target: float | None
    megabytes: float | None


def measure(question: Question, rounds: int | None = None) -> list[Measured]:
    """Run the subjects of a question in turns; ours comes first in the answer."""
    times = _times(question.subjects, rounds or question.rounds)
    ours = times[question.ours.name]
    measured = []
    for subject in question.subjects:
        own = times[subject.name]
        ratio = statistics.median(a / b for a, b in zip(ours, own, strict=True))
        measured.append(
            Measured(
                subject.name,
                statistics.median(own) * 1000,
                None if subject is question.ours else ratio,
                question.targets.get(subject.name),
                memory_of(question.key, subject),
            )
        )
    return measured


def _times(subjects: Sequence[Subject], rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {subject.name: [] for subject in subjects}
    opened: dict[str, tuple[Prepared, Run]] = {}
    try:
        for subject in subjects:
            if not subject.fresh:
                prepared = subject.prepare()
                opened[subject.name] = prepared, prepared.__enter__()
                opened[subject.name][1]()  # warm
        for turn in range(rounds):
            # Nobody is always the first.
            for subject in (*subjects[turn % len(subjects) :], *subjects[: turn % len(subjects)]):
                if subject.fresh:
                    with subject.prepare() as run:
                        times[subject.name].append(_seconds(subject, run))
                else:
                    run = opened[subject.name][1]
                    times[subject.name].append(_seconds(subject, run))
    finally:
        for prepared, _ in opened.values():
            prepared.__exit__(None, None, None)
    return times


def _seconds(subject: Subject, run: Run) -> float:
    gc.collect()
    start = time.perf_counter()
    told = run()
    if subject.tells and isinstance(told, float):
        return told
    return time.perf_counter() - start


def memory_of(question: str, subject: Subject) -> float | None:
    """The most memory a subject takes, above what it began with, in a process of its own."""
    asked = [sys.executable, "-m", "bench", "--once", question, subject.name]
    ran = subprocess.run(asked, capture_output=True, text=True, check=False, env=os.environ)
    told = [line for line in ran.stdout.splitlines() if line.startswith("memory ")]
    return float(told[-1].split()[1]) if ran.returncode == 0 and told else None


def run_once(subject: Subject) -> float | None:
    """Run a subject once in this process; the megabytes it took at most above the start."""
    with subject.prepare() as run:
        gc.collect()
        before = _resident("VmRSS")
        _forget_peak()
        told = run()
        if subject.external:
            return float(told) if isinstance(told, int | float) else None
        peak = _resident("VmHWM")
    return None if before is None or peak is None else max(0.0, peak - before)


def _resident(line: str) -> float | None:
    """A line of /proc/self/status in MB; None where there is none."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    for each in status.read_text(encoding="ascii").splitlines():
        if each.startswith(f"{line}:"):
            return int(each.split()[1]) / 1024
    return None


def _forget_peak() -> None:
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return  # not on this system: then the peak counts from the start of the process
