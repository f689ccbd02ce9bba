"""The command: measure, print the table, and write build/bench.json."""

import json
import os
import platform
import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click
from tabulate import tabulate

from bench import exporting, figures, importing, ledger, saving, searching, stores, window
from bench.measuring import Measured, Question, measure, run_once

# A new measurement is a module with `questions(size)` and a line here: key, size, module.
_SUBJECTS: dict[str, tuple[int, Callable[[int], list[Question]]]] = {
    "stats": (1_000_000, figures.questions),
    "save": (100_000, saving.questions),
    "window": (100_000, window.questions),
    "ledger": (1_000_000, ledger.questions),
    "search": (1_000_000, searching.questions),
    "export": (100_000, exporting.questions),
    "import": (100_000, importing.questions),
}
_OUT = stores.ROOT / "build" / "bench.json"


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(_SUBJECTS)))
@click.option("--size", type=click.IntRange(1000), help="登记笔数 (registrations)。")
@click.option("--rounds", type=click.IntRange(1), help="轮数 (rounds)。")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=_OUT, help="JSON 文件。")
@click.option("--once", nargs=2, hidden=True, help="一个对象在单独进程里的内存。")
def main(
    names: tuple[str, ...],
    size: int | None,
    rounds: int | None,
    output: Path,
    once: tuple[str, str] | None,
) -> None:
    """与参照物并排测量 (bench)。

    NAMES：stats、save、window、ledger、search、export、import；不写就全部测量。
    """
    if size is not None:
        os.environ["IPFINANCE_BENCH_SIZE"] = str(size)
    if once is not None:
        _tell_memory(*once)
        return
    lines: list[tuple[Question, list[Measured]]] = []
    for name in names or _SUBJECTS:
        for question in _questions(name):
            lines.append((question, measure(question, rounds)))
            click.echo(_table([lines[-1]]))
            click.echo()
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(_told(lines), ensure_ascii=False, indent=2), encoding="utf-8")
    click.echo(f"已写出：{output}")


def _questions(name: str) -> list[Question]:
    size, questions = _SUBJECTS[name]
    return questions(int(os.environ.get("IPFINANCE_BENCH_SIZE", size)))


def _tell_memory(key: str, subject: str) -> None:
    """What `measuring.memory_of` asks for in a process of its own."""
    for name in _SUBJECTS:
        for question in _questions(name):
            for each in question.subjects:
                if (question.key, each.name) == (key, subject):
                    megabytes = run_once(each)
                    if megabytes is not None:
                        click.echo(f"memory {megabytes:.1f}")
                    return


def _table(lines: list[tuple[Question, list[Measured]]]) -> str:
    rows = [
        (
            question.words if place == 0 else "",
            each.name,
            f"{each.milliseconds:,.1f}",
            "" if each.megabytes is None else f"{each.megabytes:,.0f}",
            "" if each.ratio is None else f"{each.ratio:.3f} ×",
            "" if each.target is None else f"≤ {each.target:g} ×",
            "" if each.target is None or each.ratio is None else _judged(each.ratio, each.target),
        )
        for question, measured in lines
        for place, each in enumerate(measured)
    ]
    heads = ("测量", "对象", "毫秒", "内存 MB", "本程序是它的", "目标", "")
    return str(tabulate(rows, heads, disable_numparse=True))


def _judged(ratio: float, target: float) -> str:
    return "达到" if ratio <= target else "未达到"


def _told(lines: list[tuple[Question, list[Measured]]]) -> dict[str, object]:
    return {
        "machine": {
            "system": platform.platform(),
            "processors": os.cpu_count(),
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
        },
        "lines": [
            {
                "key": question.key,
                "words": question.words,
                "rounds": question.rounds,
                "subjects": [asdict(each) for each in measured],
            }
            for question, measured in lines
        ],
    }


if __name__ == "__main__":
    main()
