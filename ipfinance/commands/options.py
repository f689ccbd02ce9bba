"""The options that several commands share, so that they are named and explained alike."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])

_SHAPES = {"text": "文字 (text)", "json": "JSON", "csv": "CSV"}

help_option = click.help_option("--help", help="显示帮助 (help)。")
area_option = click.option(
    "--area", help="地区 (area)：行政区划代码或名称，如 330500、湖州市；不写则为全省。"
)


def format_option(*shapes: str) -> Callable[[_Command], _Command]:
    """In which of these shapes the answer is printed, ``text`` unless said."""
    words = [_SHAPES[shape] for shape in shapes]
    return click.option(
        "--format",
        "shape",
        type=click.Choice(shapes),
        default="text",
        show_default=True,
        help=f"输出形式：{'、'.join(words[:-1])}或 {words[-1]}。",
    )


def kind_option(required: bool = False) -> Callable[[_Command], _Command]:
    """Which register is counted: both together unless said, or where it must be said."""
    said: dict[str, Any] = {"required": True}
    if not required:
        said = {"default": "all", "show_default": True}
    return click.option(
        "--kind",
        type=click.Choice(("patent", "trademark", "all")),
        **said,
        help="专利 (patent)、商标 (trademark) 或两者合计 (all)。",
    )
