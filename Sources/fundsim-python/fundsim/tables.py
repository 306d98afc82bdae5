"""The program's files and JSON as pandas tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

BESIDE = {
    "survival", "survivalByInitial", "balanceByYear", "years", "compensationHistogram", "contributions",
    "coverage", "notKnown", "selfChecks", "shares", "terms", "thresholdReadings",
}
"""What the table of figures leaves out: curves and tables of their own, checks, words."""


def read_csv(path: Path) -> pd.DataFrame:
    """A table that the program wrote; texts that could be a formula lose the mark that spreadsheets need."""
    frame = pd.read_csv(path, encoding="utf-8-sig")
    for name in frame.columns:
        # Texts alone have marks.
        if not pd.api.types.is_numeric_dtype(frame[name]):
            frame[name] = frame[name].map(plain)
    return frame


def plain(cell: Any) -> Any:
    """A cell's text without the mark before what could be a formula."""
    if isinstance(cell, str) and cell[:1] == "'" and cell[1:2] in tuple("=+-@\t"):
        return cell[1:]
    return cell


def figures(funds: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A row a fund and figure: value, standard error, 95 % interval, whether there are enough trials."""
    rows = [
        {"fund": fund["name"], "figure": name, **estimate(value)}
        for fund in funds
        for name, value in [*surviving(fund), *estimates(fund, "")]
    ]
    columns = ["fund", "figure", "value", "standardError", "low", "high", "reliable", "trialsNeeded"]
    return pd.DataFrame(rows, columns=columns).set_index(["fund", "figure"])


def surviving(fund: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Survival through the whole run: the last month of its curve."""
    for month in fund["survival"][-1:]:
        yield "survival", {**month, "value": month["probability"]}


def estimate(value: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of an estimate."""
    names = ("value", "standardError", "low", "high", "reliable", "trialsNeeded")
    return {name: value.get(name) for name in names}


def is_estimate(value: Any) -> bool:
    return isinstance(value, Mapping) and {"value", "low", "high"} <= value.keys()


def estimates(value: Any, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """All estimates in a part of the report, with the names that lead to them."""
    if is_estimate(value):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if path or key not in BESIDE:
                yield from estimates(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        seen: Counter[str] = Counter()
        for item in value:
            if not isinstance(item, Mapping):
                continue
            name = listed_name(path, item)
            seen[name] += 1
            # Two of one name are told apart by their number.
            name = name if seen[name] == 1 else f"{name}[{seen[name]}]"
            parts = {key: part for key, part in item.items() if key not in NUMBERS}
            yield from estimates(item if is_estimate(item) else parts, name)


TEXTS = ("threshold", "party", "payer", "reason", "cause", "id", "name", "figure", "bank")
NUMBERS = ("level", "survival", "year", "month", "lastMonth", "initial")
SHORT = {"quantiles": "q", "expectedShortfall": "es", "lowestMean": "lowestMean", "capitalForSurvival": "capital"}
"""Lists whose items are known by their level, and what stands before it."""


def listed_name(path: str, item: Mapping[str, Any]) -> str:
    """The name of an item of a list: `compensation.q95`, `parties.bank`, `capital95`, `thresholds.warning.甲银行`."""
    head, _, last = path.rpartition(".")
    numbers = [(key, item[key]) for key in NUMBERS if isinstance(item.get(key), int | float)]
    if last in SHORT and numbers:
        short = f"{SHORT[last]}{format(numbers[0][1] * 100, '.10g')}"
        return f"{head}.{short}" if head else short
    texts = [item[key] for key in TEXTS if isinstance(item.get(key), str)]
    if texts:
        return ".".join([path, *texts])
    return f"{path}.{numbers[0][0]}{numbers[0][1]}" if numbers else path


def rows(items: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A row an item, with a column for each of its plain values and of those one level below."""
    return pd.DataFrame([dict(flat(item, "")) for item in items])


def flat(item: Mapping[str, Any], head: str) -> Iterator[tuple[str, Any]]:
    for key, value in item.items():
        if key in BESIDE and isinstance(value, Mapping):
            continue
        name = f"{head}.{key}" if head else key
        if isinstance(value, Mapping):
            yield from flat(value, name)
        elif not isinstance(value, list):
            yield name, value
