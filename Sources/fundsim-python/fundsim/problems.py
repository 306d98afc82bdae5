"""What can go wrong, as exceptions; each says what is wrong, where, and the way out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fundsim.results import Result


@dataclass(frozen=True)
class Problem:
    """One problem of an input, addressed to the person who wrote it."""

    code: str
    """A stable name of the kind of problem: `unknown-key`."""
    file: str
    """The file as it was named; of a dict, `<dict>`."""
    line: int | None
    """The line, from 1; None where the whole file is meant, or a dict."""
    column: int | None
    """The column in characters, from 1."""
    message: str
    advice: str
    message_zh: str = ""
    advice_zh: str = ""
    path: str | None = None
    """Of a dict: the keys that lead to the place, `funds[0].model`."""
    source: str | None = None
    """The line of the file as it stands there."""
    sheet: str | None = None
    """Of a workbook: the sheet; `line` and `column` are those of the cell."""
    cell: str | None = None
    """Of a workbook: the cell by its name, `C7`, or a row of them, `7:7`."""

    @property
    def place(self) -> str:
        """Where it is, in a few words: `file:line:column`, `file:sheet!C7`, `<dict> funds[0].programme`."""
        if self.path:
            return f"{self.file} {self.path}"
        if self.sheet is not None:
            return f"{self.file}:{self.sheet}" + (f"!{self.cell}" if self.cell else "")
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)

    def text(self, language: str | None = None) -> str:
        """The problem as the program prints it, in `en` or `zh`; by the environment if left out."""
        chinese = (language or language_here()) == "zh" and bool(self.message_zh)
        place = self.place
        shown = ""
        if self.source is not None and self.column:
            start = self.source[: self.column - 1]
            # Wide characters take two columns of a terminal.
            width = sum(2 if ord(sign) > 0x1100 else 1 for sign in start)
            shown = f"\n    {self.source}\n    {' ' * width}^"
        if chinese:
            return f"{place}: 错误[{self.code}]: {self.message_zh}{shown}\n  建议：{self.advice_zh}"
        return f"{place}: error[{self.code}]: {self.message}{shown}\n  help: {self.advice}"

    def __str__(self) -> str:
        return self.text()


def language_here() -> str:
    """The language in which the program speaks here: as LC_ALL, LC_MESSAGES or LANG say."""
    said = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if said.lower().startswith("zh") else "en"


def problem_of(value: Mapping[str, Any]) -> Problem:
    """A problem as the program's JSON tells it."""
    return Problem(
        code=value["code"], file=value["file"], line=value["line"], column=value["column"],
        message=value["message"], advice=value["help"], message_zh=value["messageZh"],
        advice_zh=value["helpZh"], sheet=value.get("sheet"),
        cell=value.get("cell"))


class FundsimError(Exception):
    """Whatever fundsim could not do. `status` is the program's exit status."""

    status = 70


class InputError(FundsimError, ValueError):
    """An input is wrong: nothing was simulated. `problems` holds all that is wrong with it.

    `code`, `file`, `line`, `column`, `path`, `message` and `advice` are those of the first.
    """

    status = 65

    def __init__(self, problems: Sequence[Problem], text: str = ""):
        super().__init__(tuple(problems), text)
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.text = text

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems)) or self.text

    @property
    def first(self) -> Problem:
        """The first problem."""
        if self.problems:
            return self.problems[0]
        return Problem("unknown", "", None, None, self.text, "")

    @property
    def code(self) -> str:
        return self.first.code

    @property
    def file(self) -> str:
        return self.first.file

    @property
    def line(self) -> int | None:
        return self.first.line

    @property
    def column(self) -> int | None:
        return self.first.column

    @property
    def path(self) -> str | None:
        return self.first.path

    @property
    def message(self) -> str:
        return self.first.message

    @property
    def advice(self) -> str:
        return self.first.advice


class UsageError(FundsimError, ValueError):
    """An argument is wrong, or goes with no other; the program's words say which."""

    status = 64


class OutputError(FundsimError):
    """A result could not be written: a full disk, somebody else's file."""

    status = 74

    def __init__(self, text: str, problems: Sequence[Problem] = ()):
        super().__init__(text)
        self.problems = tuple(problems)


class Unfinished(FundsimError):
    """The time limit came before there was anything to report."""

    status = 75


class ProgramMissing(FundsimError):
    """There is no program to run."""

    status = 69


class ProgramFailed(FundsimError):
    """The program ended in a way that has no name here; `status` tells how."""

    def __init__(self, text: str, status: int):
        super().__init__(text)
        self.status = status


class Interrupted(KeyboardInterrupt):
    """Ctrl-C, or a notebook's stop button. The program was told, and ended by itself.

    `result` holds what it had come to, or None if there was nothing to report yet.
    """

    def __init__(self, result: Result | None = None):
        super().__init__("stopped")
        self.result = result
