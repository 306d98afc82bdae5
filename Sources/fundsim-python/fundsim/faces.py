"""How progress is shown: a bar in a notebook, a line on a terminal, or whatever the caller does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

from fundsim.problems import language_here
from fundsim.process import Progress

Wish = bool | Callable[[Progress], None] | None

WORK = {
    "headline": ("comparing readings and laws", "正在比较读法与相依结构"),
    "years": ("money and indicators by year", "正在测算逐年资金与指标"),
    "contributions": ("who uses the funds up", "正在分析钱用在了谁身上"),
}


@contextmanager
def shown(wish: Wish) -> Iterator[Callable[[Progress], None] | None]:
    """What is called with each progress; None where nothing is shown.

    `wish` is a function of one's own, False for nothing, True for a bar or a line, None for one where
    somebody looks: in a notebook, or on a terminal.
    """
    if callable(wish):
        yield wish
    elif wish is False:
        yield None
    elif display := notebook_display():
        bar = Bar(display)
        try:
            yield bar
        finally:
            bar.close()
    elif wish or sys.stderr.isatty():
        try:
            yield line
        finally:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
    else:
        yield None


def words(progress: Progress) -> str:
    """Progress in a few words, in the language of the environment."""
    chinese = language_here() == "zh"
    if progress.work:
        pair = WORK.get(progress.work, (progress.work, progress.work))
        return pair[1 if chinese else 0]
    if progress.total is None:
        return (f"第{progress.run}次运行，已完成{progress.done:,}次" if chinese
                else f"run {progress.run} of a search, {progress.done:,} trials")
    left = progress.seconds_left
    text = f"{progress.done:,}/{progress.total:,}"
    text = f"已完成{text}次" if chinese else f"{text} trials"
    if left is None:
        return text
    return text + (f"，约剩{left:.0f}秒" if chinese else f", about {left:.0f} s left")


def line(progress: Progress) -> None:
    """Shows progress on a line of the terminal that the next one replaces."""
    print(f"\r{words(progress)}\033[K", end="", file=sys.stderr, flush=True)


def notebook_display() -> Callable[..., Any] | None:
    """IPython's `display`, where a notebook shows what is displayed."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None or not hasattr(shell, "kernel"):
        return None
    from IPython.display import display

    return display


class Bar:
    """A bar in a notebook's output, of HTML alone."""

    def __init__(self, display: Callable[..., Any]):
        self.display = display
        self.handle: Any = None

    def __call__(self, progress: Progress) -> None:
        data = {"text/html": markup(progress), "text/plain": words(progress)}
        if self.handle is None:
            self.handle = self.display(data, raw=True, display_id=True)
        else:
            self.handle.update(data, raw=True)

    def close(self) -> None:
        """Takes the bar away: what is shown then is the result."""
        if self.handle is not None:
            self.handle.update({"text/html": "", "text/plain": ""}, raw=True)


def markup(progress: Progress) -> str:
    share = progress.share
    value = "" if share is None or progress.work else f' value="{share:.4f}"'
    text = escape(words(progress))
    return f'<progress max="1"{value} aria-label="{text}"></progress> {text}'
