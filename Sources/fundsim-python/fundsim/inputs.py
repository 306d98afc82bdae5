"""What a caller hands over, as files that the program reads: a path, a dict, a table."""

from __future__ import annotations

import datetime
import json
import math
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from fundsim.problems import Problem

Document = str | os.PathLike[str] | Mapping[str, Any]
"""A path of a YAML file (or of its folder), or its contents as a dict."""
Table = str | os.PathLike[str] | pd.DataFrame | Mapping[str, Sequence[Any]]
"""A path of a CSV file, or its columns."""


class Scratch:
    """A folder that is deleted with the last result that needs it."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="fundsim-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


class Inputs:
    """The inputs of one command: files of the caller's, and files written into a scratch folder.

    `base` is where the relative paths in a dict start; the working directory if left out.
    """

    def __init__(self, scratch: Path, base: str | os.PathLike[str] | None = None):
        self.scratch = scratch
        self.base = Path(base) if base is not None else Path.cwd()
        self.places: dict[str, dict[int, str]] = {}
        self.columns: dict[str, str] = {}

    def document(self, value: Document, name: str) -> str:
        """The path of a scenario, of terms; a dict is written as `name`.yaml."""
        if not isinstance(value, Mapping):
            return os.fspath(value)
        path = self.scratch / f"{name}.yaml"
        lines: list[str] = []
        self.places[str(path)] = places = {}
        for text, keys in written(located(value, self.base), "", ""):
            lines.append(text)
            places[len(lines)] = keys
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(path)

    def table(self, value: Table, name: str) -> str:
        """The path of a table; one in memory is written as `name`.csv."""
        if isinstance(value, str | os.PathLike):
            return os.fspath(value)
        frame = value if isinstance(value, pd.DataFrame) else pd.DataFrame(dict(value))
        path = self.scratch / f"{name}.csv"
        frame.to_csv(path, index=False, encoding="utf-8")
        self.columns[str(path)] = name
        return str(path)

    def told(self, problem: Problem) -> Problem:
        """A problem in the caller's words: of a dict its keys in place of a line that nobody wrote."""
        if places := self.places.get(problem.file):
            path = places.get(problem.line or 0, "")
            if problem.code == "missing-key":
                # It points at the first key of the section that lacks one.
                path = path.rpartition(".")[0]
            return replace(problem, file="<dict>", line=None, column=None, path=path or "(top)")
        if name := self.columns.get(problem.file):
            return replace(problem, file=f"<{name}>")
        return replace(problem, source=source_line(problem))


def source_line(problem: Problem) -> str | None:
    """The line that a problem points at, if the file can be read."""
    if not problem.line or problem.sheet is not None:
        return None
    try:
        with open(problem.file, encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                if number == problem.line:
                    return text.rstrip("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return None


def located(value: Any, base: Path) -> Any:
    """The same value, with whole paths in place of names of files that lie in the folder `base`."""
    if isinstance(value, Mapping):
        return {key: located(item, base) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [located(item, base) for item in value]
    if isinstance(value, os.PathLike):
        return str((base / value).resolve())
    if isinstance(value, str) and "." in value and len(value) < 4096 and "\n" not in value:
        path = base / value
        return str(path.resolve()) if path.is_file() else value
    return value


def written(value: Any, indent: str, keys: str) -> Iterator[tuple[str, str]]:
    """The lines of a YAML block, each with the keys that lead to it."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            inner = f"{keys}.{key}" if keys else str(key)
            yield from entry(f"{indent}{json.dumps(str(key), ensure_ascii=False)}:", item, indent, inner)
    else:
        for index, item in enumerate(value):
            yield from entry(f"{indent}-", item, indent, f"{keys}[{index}]")


def entry(head: str, item: Any, indent: str, keys: str) -> Iterator[tuple[str, str]]:
    if isinstance(item, Mapping | list | tuple) and item:
        yield head, keys
        yield from written(item, indent + "  ", keys)
    else:
        yield f"{head} {scalar(item)}", keys


def scalar(value: Any) -> str:
    """A value as YAML writes it. numpy's numbers are numbers, dates are written as 2024-01-31."""
    if hasattr(value, "item") and not isinstance(value, str | bytes):
        value = value.item()
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            if not math.isfinite(value):
                raise ValueError(f"{value} is no number that a scenario can hold")
            # Never 1e-05: people do not write numbers so, and the reader takes what people write.
            return format(value, "f") if float(format(value, "f")) == value else format(value, ".20f")
        case datetime.datetime() | pd.Timestamp():
            return value.date().isoformat()
        case datetime.date() | pd.Period():
            return str(value)
        case Mapping():
            return "{}"
        case list() | tuple():
            return "[]"
        case str():
            return json.dumps(value, ensure_ascii=False)
    raise TypeError(f"{value!r} ({type(value).__name__}): a scenario holds texts, numbers, lists and dicts")


def percent(value: float | str) -> str:
    """A probability for the command line: 0.95 and '95%' are the same."""
    if isinstance(value, str):
        return value
    return f"{format(value * 100, '.10g')}%"


def listed(value: Any) -> list[Any]:
    """A list of what may be one value or several."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set | range | pd.Series) else [value]
