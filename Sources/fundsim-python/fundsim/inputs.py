"""What a caller hands over, as files that the program reads: a path, a dict, a table."""

from __future__ import annotations

import datetime
import decimal
import json
import math
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
        if isinstance(value, str | bytes | os.PathLike):
            return os.fsdecode(value)
        if not isinstance(value, Mapping):
            raise TypeError(f"{name}: a path or a dict is wanted, not {kind(value)}")
        path = self.scratch / f"{name}.yaml"
        lines: list[str] = []
        self.places[str(path)] = places = {}
        for text, keys in written(located(value, self.base, "", ()), "", ""):
            lines.append(text)
            places[len(lines)] = keys
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(path)

    def table(self, value: Table, name: str) -> str:
        """The path of a table; one in memory is written as `name`.csv."""
        if isinstance(value, str | bytes | os.PathLike):
            return os.fsdecode(value)
        if not isinstance(value, pd.DataFrame | Mapping):
            raise TypeError(f"{name}: a path, a pandas table or a dict of columns is wanted, not {kind(value)}")
        frame = value if isinstance(value, pd.DataFrame) else pd.DataFrame(dict(value))
        path = self.scratch / f"{name}.csv"
        with_plain_years(frame).to_csv(path, index=False, encoding="utf-8")
        self.columns[str(path)] = name
        return str(path)

    def told(self, problem: Problem) -> Problem:
        """A problem in the caller's words: of a dict its keys in place of a line that nobody wrote."""
        if (places := self.places.get(problem.file)) is not None:
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


YEARS = ("year", "年", "年份", "年度")
"""What a column of years is called."""


def with_plain_years(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with numbers in a column of years that pandas holds as dates."""
    changed: dict[Any, Any] = {}
    for name in frame.columns:
        column = frame[name]
        if str(name).strip().lower() not in YEARS or not isinstance(column, pd.Series):
            continue
        if pd.api.types.is_datetime64_any_dtype(column):
            changed[name] = column.dt.year.astype("Int64")
        elif column.dtype == object:
            changed[name] = column.map(lambda cell: cell.year if isinstance(cell, datetime.date) else cell)
    return frame.assign(**changed) if changed else frame


def kind(value: object) -> str:
    """What somebody handed over, in a few words."""
    return f"a {type(value).__name__}" if value is not None else "None"


def inner(keys: str, key: object) -> str:
    """The keys that lead to an entry of a dict."""
    return f"{keys}.{key}" if keys else str(key)


def located(value: Any, base: Path, keys: str, around: tuple[int, ...]) -> Any:
    """The same value, with whole paths in place of names of files that lie in the folder `base`.

    `keys` lead to the value; `around` are the dicts and lists that it lies in.
    """
    if isinstance(value, Mapping | list | tuple):
        if id(value) in around:
            raise ValueError(f"{keys}: the dict contains itself")
        if len(around) > 64:
            raise ValueError(f"{keys}: no scenario is nested so deeply")
        within = (*around, id(value))
        if isinstance(value, Mapping):
            return {key: located(item, base, inner(keys, key), within) for key, item in value.items()}
        return [located(item, base, f"{keys}[{index}]", within) for index, item in enumerate(value)]
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
            head = f"{indent}{json.dumps(str(key), ensure_ascii=False)}:"
            yield from entry(head, item, indent, inner(keys, key))
    else:
        for index, item in enumerate(value):
            yield from entry(f"{indent}-", item, indent, f"{keys}[{index}]")


def entry(head: str, item: Any, indent: str, keys: str) -> Iterator[tuple[str, str]]:
    if isinstance(item, Mapping | list | tuple) and item:
        yield head, keys
        yield from written(item, indent + "  ", keys)
    else:
        try:
            yield f"{head} {scalar(item)}", keys
        except (TypeError, ValueError) as error:
            raise type(error)(f"{keys}: {error}") from None


def scalar(value: Any) -> str:
    """A value as YAML writes it. numpy's numbers are numbers, dates are written as 2024-01-31."""
    if hasattr(value, "item") and not isinstance(value, str | bytes):
        value = value.item()
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float() | decimal.Decimal():
            return digits(value)
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


def digits(value: int | float | decimal.Decimal) -> str:
    """A number written out, never as 1e-05 or 1E+7: people do not write numbers so, and the reader takes
    what people write."""
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number that a scenario can hold")
    text = str(value) if isinstance(value, decimal.Decimal) else repr(float(value))
    return format(decimal.Decimal(text), "f") if "e" in text.lower() else text


def word(value: Any) -> str:
    """A value on the command line: numbers written out, days as 2024-01-31, texts and paths as they are."""
    if isinstance(value, str | bytes | os.PathLike):
        return os.fsdecode(value)
    if isinstance(value, Mapping | list | tuple | set):
        raise TypeError(f"{value!r}: one value is wanted, not {kind(value)}")
    return scalar(value)


def percent(value: float | str | decimal.Decimal) -> str:
    """A probability for the command line: 0.95 and '95%' are the same."""
    if isinstance(value, str):
        return value
    return f"{format(float(value) * 100, '.10g')}%"


def listed(value: Any) -> list[Any]:
    """A list of what may be one value or several: a list, a tuple, numpy's and pandas' of one dimension."""
    if value is None:
        return []
    if hasattr(value, "tolist"):
        # numpy's own number is one value.
        value = value.tolist()
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | os.PathLike | Mapping):
        return list(value)
    return [value]
