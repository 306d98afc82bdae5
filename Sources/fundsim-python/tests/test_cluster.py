"""A scheduler and two workers as processes of their own; one worker is killed in the middle.

    python -m unittest discover Sources/fundsim-python/tests
"""

import contextlib
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from threading import Thread

from fundsim.dask.cluster import Study
from fundsim.dask.command import main
from fundsim.program import program

ROOT = Path(__file__).resolve().parents[3]
FUNDSIM = program()
SCENARIO = str(ROOT / "scenarios/three-models")
SHARDS = 32
TRIALS = 32 * 600


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """A scheduler and two workers on 127.0.0.1; the workers' programs are their package's own."""

    def __init__(self, folder: Path, program: str | None = None):
        self.folder = folder
        self.environment = {**os.environ, **({"FUNDSIM": program} if program else {})}
        self.address = f"tcp://127.0.0.1:{free_port()}"
        port = self.address.rsplit(":", 1)[1]
        self.processes = [self.start("scheduler", "--host", "127.0.0.1", "--port", port)]
        for number in range(2):
            self.processes.append(
                self.start(
                    "worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny",
                    "--name", f"worker-{number}"))

    def start(self, *arguments: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        with open(self.folder / "cluster.log", "a") as log:
            # With its children in a group of its own, so that an end is the end of all.
            return subprocess.Popen(
                command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True,
                env=self.environment)

    def stop(self) -> None:
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


class KilledWorkerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def run_command(self, *arguments: str) -> tuple[int, str]:
        errors = io.StringIO()
        with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
            status = main(["run", SCENARIO, *arguments])
        return status, errors.getvalue()

    def test_a_worker_killed_in_the_middle_changes_no_byte(self) -> None:
        whole = self.folder / "whole"
        subprocess.run(
            [FUNDSIM, "run", SCENARIO, "--trials", str(TRIALS), "--quiet", "--out", str(whole)],
            check=True)
        cluster = Cluster(self.folder)
        self.addCleanup(cluster.stop)
        out = self.folder / "out"
        parts = Study(scenario=SCENARIO, shards=SHARDS, out=out).parts
        seen = []

        def kill_a_worker() -> None:
            while len(found := list(parts.glob("[0-9]*.part"))) < SHARDS // 4:
                time.sleep(0.01)
            seen.append(len(found))
            os.killpg(cluster.processes[2].pid, signal.SIGKILL)

        killer = Thread(target=kill_a_worker, daemon=True)
        killer.start()
        options = ["--shards", str(SHARDS), "--trials", str(TRIALS), "--out", str(out)]
        status, errors = self.run_command(*options, "--scheduler", cluster.address)
        killer.join(timeout=1)
        self.assertEqual(status, 0, errors)
        self.assertTrue(seen and seen[0] < SHARDS, "the worker was killed in the middle")
        self.assertIsNotNone(cluster.processes[2].wait(timeout=10))
        for name in ("summary.json", "timeline.csv"):
            self.assertEqual((out / name).read_bytes(), (whole / name).read_bytes(), name)
        self.assertEqual(len(list(parts.iterdir())), SHARDS, "no pieces are left behind")

        # Once more: what is there and whole is not run again, what is damaged is.
        times = {part: part.stat().st_mtime_ns for part in parts.iterdir()}
        damaged = sorted(times)[5]
        damaged.write_bytes(damaged.read_bytes()[:-1])
        status, errors = self.run_command(*options, "--scheduler", cluster.address)
        self.assertEqual(status, 0, errors)
        changed = [part for part in times if part.stat().st_mtime_ns != times[part]]
        self.assertEqual(changed, [damaged])

        # A worker's program that computes differently was not seen: its parts were merged with the
        # others. It stands here for any worker whose fundsim is another engine than the driver's.
        other = self.folder / "fundsim"
        other.write_text(
            f'#!/bin/sh\n[ "$1" = engine ] && echo 0.1.0+0123456789abcdef.0123456789abcdef && exit\n'
            f'exec "{FUNDSIM}" "$@"\n')
        other.chmod(0o755)
        with contextlib.redirect_stderr(io.StringIO()) as text:
            status = main(
                ["run", SCENARIO, "--fundsim", str(other), "--shards", "2", "--trials", "20", "--out",
                 str(self.folder / "mixed"), "--scheduler", cluster.address])
        self.assertEqual(status, 65)
        self.assertIn("other-engine", text.getvalue())
        self.assertFalse((self.folder / "mixed" / "summary.json").exists())

        # A scenario that is refused is refused once, with fundsim's own words.
        broken = self.folder / "broken.yaml"
        broken.write_text("title: nothing else\n")
        with contextlib.redirect_stderr(io.StringIO()) as text:
            status = main(
                ["run", str(broken), "--shards", "2", "--out",
                 str(self.folder / "bad"), "--scheduler", cluster.address])
        self.assertEqual(status, 65)
        self.assertIn("broken.yaml", text.getvalue())
        self.assertNotIn("once more", text.getvalue())

        # A wrong command line is told apart from a wrong input.
        status, errors = self.run_command(
            "--shards", "2", "--trials", "0", "--out", str(self.folder / "none"),
            "--scheduler", cluster.address)
        self.assertEqual(status, 64, errors)

        # The scheduler dies in the middle: no traceback, and the way to go on.
        out = self.folder / "lost"
        parts = Study(scenario=SCENARIO, shards=SHARDS, out=out).parts

        def kill_the_scheduler() -> None:
            while len(list(parts.glob("[0-9]*.part"))) < 3:
                time.sleep(0.01)
            os.killpg(cluster.processes[0].pid, signal.SIGKILL)

        Thread(target=kill_the_scheduler, daemon=True).start()
        options = ["--shards", str(SHARDS), "--trials", str(TRIALS), "--out", str(out)]
        status, errors = self.run_command(*options, "--scheduler", cluster.address)
        self.assertEqual(status, 74, errors)
        self.assertIn("the scheduler was lost", errors)
        self.assertIn(str(parts), errors)
        self.assertNotIn("Traceback", errors)
        status, errors = self.run_command(
            *options, "--scheduler", cluster.address, "--timeout", "1")
        self.assertEqual(status, 74, errors)
        self.assertIn("cannot be reached", errors)

    def test_shards_are_added_until_it_is_enough(self) -> None:
        cluster = Cluster(self.folder)
        self.addCleanup(cluster.stop)
        out, shards, trials = self.folder / "out", 32, 32 * 1024
        options = [
            "--shards", str(shards), "--trials", str(trials), "--out", str(out), "--scheduler", cluster.address]
        # The guarantor's mean is known within about 0.76 % after 4,096 trials: 0.5 % takes some 9,500.
        status, errors = self.run_command(*options, "--precision", "0.5%")
        self.assertEqual(status, 0, errors)
        self.assertIn("4096 trials are not enough", errors)
        parts = Study(scenario=SCENARIO, shards=shards, out=out).parts
        names = sorted(part.name for part in parts.iterdir())
        self.assertTrue(8 <= len(names) <= 16, names)
        self.assertEqual(names, [f"{index:02}.part" for index in range(len(names))])
        summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        self.assertTrue(summary["precision"]["reached"])
        # They are the first trials of the run.
        run = subprocess.run(
            [FUNDSIM, "run", SCENARIO, "--trials", str(1024 * len(names)), "--json"], check=True,
            capture_output=True, text=True)
        for one, other in zip(summary["funds"], json.loads(run.stdout)["funds"], strict=True):
            self.assertEqual(one["compensation"], other["compensation"])

        # Once more: nothing is run again. More is wanted: further shards are added to those.
        times = {part: part.stat().st_mtime_ns for part in parts.iterdir()}
        status, errors = self.run_command(*options, "--precision", "0.5%")
        self.assertEqual(status, 0, errors)
        self.assertEqual(times, {part: part.stat().st_mtime_ns for part in parts.iterdir()})
        status, errors = self.run_command(*options, "--precision", "0.01%")
        self.assertEqual(status, 1, errors)
        self.assertIn("0.01% is not reached with all 32 shards", errors)
        self.assertEqual(len(list(parts.iterdir())), shards)
        self.assertEqual(times, {part: part.stat().st_mtime_ns for part in times})

        # What is wrong is said once, before any shard.
        status, errors = self.run_command(*options, "--precision", "nothing=1%")
        self.assertEqual(status, 64, errors)
        self.assertIn("nothing", errors)
        broken = self.folder / "broken.yaml"
        broken.write_text("title: nothing else\n")
        with contextlib.redirect_stderr(io.StringIO()) as text:
            status = main(
                ["run", str(broken), "--shards", "2", "--precision", "1%", "--out", str(self.folder / "bad"),
                 "--scheduler", cluster.address])
        self.assertEqual(status, 65)
        self.assertIn("broken.yaml", text.getvalue())

    def test_a_worker_that_is_another_engine_is_refused_by_name(self) -> None:
        other = self.folder / "fundsim"
        other.write_text(
            f'#!/bin/sh\n[ "$1" = engine ] && echo 0.1.0+0123456789abcdef.0123456789abcdef && exit\n'
            f'exec "{FUNDSIM}" "$@"\n')
        other.chmod(0o755)
        cluster = Cluster(self.folder, program=str(other))
        self.addCleanup(cluster.stop)
        status, errors = self.run_command(
            "--shards", "2", "--trials", "20", "--out", str(self.folder / "out"), "--scheduler",
            cluster.address)
        self.assertEqual(status, 65, errors)
        self.assertRegex(errors, r"worker 'worker-[01]' at tcp://127\.0\.0\.1:\d+ \(.+\): error\[other-engine\]")
        self.assertIn("0.1.0+0123456789abcdef.0123456789abcdef", errors)
        self.assertFalse((self.folder / "out" / "summary.json").exists())


if __name__ == "__main__":
    unittest.main()
