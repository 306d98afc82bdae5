"""Runs the program: tells its progress, hands on Ctrl-C, and makes exceptions of what it refuses."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from fundsim.problems import (
    InputError, OutputError, Problem, ProgramFailed, ProgramMissing, Unfinished, UsageError,
    problem_of)
from fundsim.program import program

PATIENCE = 60.0
"""Seconds in which a program that was told to stop may write what it has."""


@dataclass(frozen=True)
class Progress:
    """How far a command has come."""

    run: int
    """Which run it is, from 1: a study has several."""
    done: int
    """The trials that are done, of all runs."""
    total: int | None
    """The trials of all runs; None where nobody knows, as in a search."""
    seconds: float
    """Since the first run began."""
    work: str | None = None
    """What is done beside the trials just now: `headline`, `years`, `contributions`."""

    @property
    def share(self) -> float | None:
        """The part that is done, 0 … 1."""
        return min(1.0, self.done / self.total) if self.total else None

    @property
    def seconds_left(self) -> float | None:
        """About how long it will still take."""
        if not self.total or not self.done:
            return None
        return self.seconds / self.done * max(0, self.total - self.done)


@dataclass
class Outcome:
    """How a command ended."""

    status: int
    output: str
    errors: str
    problems: list[Problem] = field(default_factory=list)
    interrupted: bool = False


def execute(arguments: Sequence[str], tell: Callable[[Progress], None] | None = None) -> Outcome:
    """Runs the program to its end.

    Ctrl-C sends it SIGINT once, upon which it reports what it has and ends; a second Ctrl-C ends it at
    once. Whatever else is raised meanwhile, by `tell` for one, ends it too.
    """
    reader, writer = os.pipe()
    try:
        process = subprocess.Popen(
            [program(), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, pass_fds=(writer,), env=environment(writer),
            # A terminal's Ctrl-C reaches the program through us alone, and once.
            start_new_session=True)
    except OSError as error:
        os.close(reader)
        raise ProgramMissing(f"{program()}: {error.strerror}") from error
    finally:
        os.close(writer)
    events: queue.Queue[dict[str, Any] | None] = queue.Queue()
    texts: dict[str, str] = {}
    threads = [
        threading.Thread(target=read_events, args=(reader, events), daemon=True),
        threading.Thread(target=read_text, args=("output", process.stdout, texts), daemon=True),
        threading.Thread(target=read_text, args=("errors", process.stderr, texts), daemon=True),
    ]
    for thread in threads:
        thread.start()
    outcome = Outcome(0, "", "")
    try:
        follow(events, outcome, tell)
        process.wait()
    except KeyboardInterrupt:
        outcome.interrupted = True
        stop(process, signal.SIGINT)
        follow(events, outcome, None)
    except BaseException:
        stop(process, signal.SIGKILL)
        raise
    finally:
        for thread in threads:
            thread.join(timeout=5)
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()
    outcome.status = process.returncode
    outcome.output, outcome.errors = texts.get("output", ""), texts.get("errors", "")
    return outcome


def environment(events: int) -> Mapping[str, str]:
    return {**os.environ, "FUNDSIM_EVENTS": str(events), "COLUMNS": os.environ.get("COLUMNS", "100")}


def stop(process: subprocess.Popen[bytes], number: int) -> None:
    """Sends a signal and waits; a second Ctrl-C, or a program that does not end, is ended at once."""
    process.send_signal(number)
    try:
        process.wait(timeout=PATIENCE)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        process.wait()


def follow(
    events: queue.Queue[dict[str, Any] | None], outcome: Outcome,
    tell: Callable[[Progress], None] | None
) -> None:
    """Takes events until the program has closed their file."""
    while True:
        try:
            # Short waits, so that Ctrl-C is seen.
            event = events.get(timeout=0.2)
        except queue.Empty:
            continue
        if event is None:
            return
        if event.get("event") == "problem":
            outcome.problems.append(problem_of(event))
        elif event.get("event") == "progress" and tell:
            tell(Progress(
                run=event["run"], done=event["done"], total=event["total"],
                seconds=event["seconds"], work=event["work"]))


def read_events(reader: int, events: queue.Queue[dict[str, Any] | None]) -> None:
    with os.fdopen(reader, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                events.put(json.loads(line))
            except ValueError:
                continue  # cut off: the program was killed
    events.put(None)


def read_text(name: str, stream: IO[bytes] | None, texts: dict[str, str]) -> None:
    if stream:
        texts[name] = stream.read().decode("utf-8", errors="replace")


def raise_for(outcome: Outcome, problems: Sequence[Problem]) -> None:
    """Makes an exception of how a command ended, unless it did what it should."""
    words = outcome.errors.strip()
    match outcome.status:
        case 0 | 1:
            return
        case 64:
            raise UsageError(words)
        case 65:
            raise InputError(problems, words)
        case 74:
            raise OutputError("\n".join(map(str, problems)) or words, problems)
        case 75:
            raise Unfinished(words)
        case status if status < 0:
            name = signal.Signals(-status).name
            raise ProgramFailed(f"fundsim was ended by {name}\n{words}".strip(), 128 - status)
        case status:
            raise ProgramFailed(words or f"fundsim ended with {status}", status)
