"""The commands as functions, held against files and JSON of the program itself.

    python -m unittest discover Sources/fundsim-python/tests

The program is what $FUNDSIM names, or the one that the installed wheel carries.
"""

from __future__ import annotations

import datetime
import decimal
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
import unittest.mock
from pathlib import Path

import numpy as np
import pandas as pd

import fundsim

FEW = 200
THREE = fundsim.example("three-models")
SMALL = {
    "title": "两笔贷款", "start": "2024-01", "horizon": "24 months", "trials": 400, "seed": 5,
    "portfolio": {"tape": "loans.csv", "columns": {
        "id": "编号", "enterprise": "企业", "bank": "银行", "start": "放款", "term": "期限", "principal": "本金", "grade": "评级"},
        "constants": {
            "size": "small", "collateral": "patent", "ipPart": "100%", "repayment": "bullet",
            "rate": "4.5%", "model": "bank", "sector": "software"}, "facts": {"others": "met"}},
    "defaults": {
        "timing": "monthly", "dependence": "independent", "grades": {"A": 0.5, "B": 0.25}},
    "recovery": {"mean": "0%", "standardDeviation": "0%", "lag": "12 months"},
    "funds": [{"name": "F", "programme": "baotou", "model": "bank", "initial": "1000万", "start": "2024-01",
         "interestRate": "0%"}],
}


def small() -> dict:
    return json.loads(json.dumps(SMALL))


class RunTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.result = fundsim.run(THREE, trials=FEW, threads=2)

    def test_the_tables_say_what_the_files_say(self) -> None:
        result = self.result
        self.assertEqual(result.funds, [fund["name"] for fund in result.report["funds"]])
        for fund in result.report["funds"]:
            row = result.summary.loc[(fund["name"], "compensation.mean")]
            self.assertEqual(row["value"], fund["compensation"]["mean"]["value"])
            self.assertEqual(row["low"], fund["compensation"]["mean"]["low"])
            survival = result.summary.loc[(fund["name"], "survival"), "value"]
            self.assertAlmostEqual(survival, 1 - fund["exhaustionProbability"]["value"], 12)
            money = result.money
            paid = money[(money["fund"] == fund["name"]) & (money["year"] == "run")
                         & (money["figure"] == "compensation")]
            self.assertEqual(paid["mean"].item(), fund["years"][0]["money"]["compensation"]["mean"]["value"])
        months = result.provenance["horizonMonths"]
        self.assertEqual(len(result.timeline), months * len(result.funds))
        self.assertTrue(result.is_complete and result.met)
        self.assertGreater(len(result.contributions), 0)
        self.assertGreater(len(result.indicators), 0)
        self.assertGreater(len(result.cost), 0)

    def test_a_notebook_shows_the_first_answers_of_each_fund(self) -> None:
        headline = self.result.headline
        self.assertEqual(list(headline.index), self.result.funds)
        capital = [item["value"] for item in self.result.report["funds"][0]["capitalForSurvival"]
                   if item["survival"] == 0.95]
        self.assertEqual([headline["capital95"].iloc[0]], capital)
        self.assertIn(self.result.funds[0], self.result._repr_html_())

    def test_trials_are_read_where_they_lie(self) -> None:
        trials = self.result.trials
        self.assertIsInstance(trials, np.memmap)
        self.assertEqual(len(trials), FEW * len(self.result.funds))
        column = trials["compensation"]
        self.assertTrue(np.shares_memory(column, trials))
        for index, name in enumerate(self.result.funds):
            mean = column[trials["fund"] == index].mean()
            stated = self.result.summary.loc[(name, "compensation.mean"), "value"]
            self.assertAlmostEqual(mean / stated, 1, 9)
        frame = self.result.trials_frame()
        self.assertEqual(list(frame["fund"].cat.categories), self.result.funds)

    def test_a_result_is_saved_loaded_and_not_taken_where_it_was_changed(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = self.result.save(Path(folder) / "kept")
            again = fundsim.load(path)
            pd.testing.assert_frame_equal(again.summary, self.result.summary)
            with open(path / "timeline.csv", "a", encoding="utf-8") as file:
                file.write("\n")
            with self.assertRaisesRegex(fundsim.FundsimError, "timeline.csv: not the file of this result"):
                fundsim.load(path)

    def test_a_requirement_that_is_missed_is_told(self) -> None:
        result = fundsim.run(
            THREE, trials=FEW, keep_trials=False, year_trials=0,
            require=["insurer:survival>=10%", "bank:survival>=99.999%"])
        self.assertFalse(result.met)
        self.assertEqual(len(result.missed), 1)
        self.assertIn("bank:survival>=99.999%", result.missed[0])
        with self.assertRaisesRegex(fundsim.FundsimError, "keep_trials"):
            _ = result.trials

    def test_every_figure_has_a_name_of_its_own_that_says_what_it_is(self) -> None:
        baotou = fundsim.run(fundsim.example("baotou"), trials=50, keep_trials=False, year_trials=0)
        for result in (self.result, baotou):
            self.assertTrue(result.summary.index.is_unique)
        fund = baotou.report["funds"][0]
        for threshold in fund["thresholds"]:
            bank = f".{threshold['bank']}" if threshold["bank"] else ""
            name = f"thresholds.{threshold['threshold']}{bank}.everBreached"
            value = baotou.summary.loc[(fund["name"], name), "value"]
            self.assertEqual(value, threshold["everBreached"]["value"], name)
        for payer in self.result.report["funds"][0]["cost"]["payers"]:
            value = self.result.summary.loc[
                (self.result.funds[0], f"cost.payers.{payer['payer']}.netCost.mean"), "value"]
            self.assertEqual(value, payer["netCost"]["mean"]["value"])

    def test_a_fund_is_found_by_a_part_of_its_name(self) -> None:
        self.assertEqual(self.result.fund("insurer")["operatingModel"], "insurer")
        with self.assertRaisesRegex(KeyError, "names 3 funds"):
            self.result.fund("模式")


class DictTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.base = Path(folder.name)
        (self.base / "loans.csv").write_text(
            "编号,企业,银行,放款,期限,本金,评级\nL1,一,甲,2024-01,12,100万,A\nL2,二,乙,2024-02,12,200万,B\n", encoding="utf-8")

    def test_a_dict_is_a_scenario_and_its_paths_start_at_the_base(self) -> None:
        checked = fundsim.check(small(), base=self.base)
        self.assertEqual([str(problem) for problem in checked.problems], [])
        self.assertEqual(checked.scenario["portfolio"]["lent"], 3_000_000)
        result = fundsim.run(small(), base=self.base, year_trials=0)
        # Each defaults with its own yearly probability within twelve months.
        defaults = result.summary.loc[("F", "defaults.mean")]
        self.assertLess(abs(defaults["value"] - 0.75), 5 * defaults["standardError"])

    def test_a_table_in_memory_stands_in_place_of_the_loans(self) -> None:
        loans = pd.DataFrame({
            "编号": ["L1"], "企业": ["一"], "银行": ["甲"], "放款": ["2024-01"], "期限": [12], "本金": ["500万"], "评级": ["A"]})
        result = fundsim.run(small(), portfolio=loans, base=self.base, trials=50, year_trials=0)
        self.assertEqual(result.provenance["portfolio"]["lent"], 5_000_000)

    def test_every_problem_is_told_with_the_keys_that_lead_to_it(self) -> None:
        scenario = small()
        scenario["defaults"]["grades"]["A"] = 3
        scenario["funds"][0]["programme"] = "baotuo"
        scenario["foo"] = [1, {"bar": 2}]
        with self.assertRaises(fundsim.InputError) as raised:
            fundsim.run(scenario, base=self.base)
        found = {(problem.code, problem.path) for problem in raised.exception.problems}
        self.assertEqual(found, {
            ("ratio-above-one", "defaults.grades.A"), ("unknown-programme", "funds[0].programme"),
            ("unknown-key", "foo")})
        self.assertTrue(all(problem.file == "<dict>" for problem in raised.exception.problems))
        self.assertEqual(
            {(problem.code, problem.path) for problem in fundsim.check(scenario, base=self.base).problems},
            found)


    def test_an_empty_dict_is_told_as_one(self) -> None:
        with self.assertRaises(fundsim.InputError) as raised:
            fundsim.run({})
        self.assertEqual((raised.exception.file, raised.exception.problems[0].path), ("<dict>", "(top)"))

    def test_what_no_scenario_holds_is_told_with_its_keys(self) -> None:
        cases = [(float("nan"), ValueError), (decimal.Decimal("Infinity"), ValueError), (object(), TypeError)]
        for value, kind in cases:
            scenario = small()
            scenario["funds"][0]["initial"] = value
            with self.assertRaisesRegex(kind, r"^funds\[0\]\.initial: "):
                fundsim.run(scenario, base=self.base)
        scenario = small()
        scenario["funds"][0]["again"] = {"and": [scenario]}
        with self.assertRaisesRegex(ValueError, r"^funds\[0\]\.again\.and\[0\]: the dict contains itself"):
            fundsim.check(scenario, base=self.base)

    def test_numbers_of_every_kind_are_the_same_scenario(self) -> None:
        texts = []
        for value in ("10000000", 10_000_000, 1e7, np.float64(1e7), np.int64(10_000_000), decimal.Decimal("1E+7")):
            scenario = small()
            scenario["funds"][0]["initial"] = value
            checked = fundsim.check(scenario, base=self.base)
            self.assertEqual([str(problem) for problem in checked.problems], [], repr(value))
            texts.append(json.dumps(checked.scenario["funds"]))
        self.assertEqual(set(texts), {texts[0]})


class ProblemTest(unittest.TestCase):
    def test_a_problem_of_a_file_has_its_place_words_and_line(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "s.yaml"
            text = (THREE / "scenario.yaml").read_text(encoding="utf-8")
            path.write_text(text.replace("programme: dalian-2018", "programme: dalain-2018", 1), encoding="utf-8")
            with self.assertRaises(fundsim.InputError) as raised:
                fundsim.run(path)
            error = raised.exception
            lines = path.read_text(encoding="utf-8").splitlines()
            self.assertEqual((error.code, error.file), ("unknown-programme", str(path)))
            self.assertEqual(lines[error.line - 1][error.column - 1 :].split()[0], "dalain-2018")
            self.assertIn("dalian-2018", error.advice)
            self.assertIn("办法", error.problems[0].message_zh)
            shown = str(error).splitlines()
            caret = next(line for line in shown if line.strip() == "^")
            source = shown[shown.index(caret) - 1]
            self.assertEqual(source[caret.index("^") :].split()[0], "dalain-2018")
            self.assertIn("错误[unknown-programme]", error.problems[0].text("zh"))
            self.assertIsInstance(error, ValueError)

    def test_wrong_arguments_and_folders_have_exceptions_of_their_own(self) -> None:
        with self.assertRaisesRegex(fundsim.UsageError, "--trials"):
            fundsim.run(THREE, trials=0)
        with self.assertRaises(fundsim.InputError) as raised:
            fundsim.run("nowhere")
        self.assertEqual(raised.exception.code, "file-not-found")
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "summary.json").write_text("mine")
            with self.assertRaises(fundsim.OutputError):
                fundsim.run(THREE, trials=20, out=folder)
            self.assertEqual((Path(folder) / "summary.json").read_text(), "mine")
        with self.assertRaisesRegex(fundsim.UsageError, "--no-such"):
            fundsim.size(THREE, options=["--no-such"])

    def test_what_is_of_another_kind_is_told_before_anything_runs(self) -> None:
        with self.assertRaisesRegex(TypeError, "options: a list of texts"):
            fundsim.run(THREE, options="--rare")
        with self.assertRaisesRegex(TypeError, "scenario: a path or a dict is wanted, not a list"):
            fundsim.run([THREE])
        with self.assertRaisesRegex(TypeError, "history: a path, a pandas table or a dict"):
            fundsim.calibrate([2020, 2021])

    def test_a_cell_of_a_workbook_is_named_as_people_name_it(self) -> None:
        problem = fundsim.Problem("x", "loans.xlsx", 7, 28, "m", "a", sheet="台账", cell="AB7")
        self.assertEqual(problem.place, "loans.xlsx:台账!AB7")
        self.assertEqual(str(problem), "loans.xlsx:台账!AB7: error[x]: m\n  help: a")

    def test_a_program_that_is_not_there_is_told(self) -> None:
        with unittest.mock.patch.dict(os.environ, {"FUNDSIM": "/no/such/program"}):
            with self.assertRaisesRegex(fundsim.ProgramMissing, "/no/such/program"):
                fundsim.run(THREE)


class StudyTest(unittest.TestCase):
    def test_size_gives_amounts_and_the_curve(self) -> None:
        result = fundsim.size(THREE, fund="bank", survive=[0.9, "95%"], through=[12, 36], trials=FEW)
        self.assertEqual(sorted(zip(result.sizes["survival"], result.sizes["months"])),
                         [(0.9, 12), (0.9, 36), (0.95, 12), (0.95, 36)])
        self.assertTrue((result.sizes["low"] <= result.sizes["size"]).all())
        self.assertIn(36, set(result.curve["months"]))

    def test_several_values_are_a_list_of_any_kind(self) -> None:
        result = fundsim.size(THREE, fund="bank", survive=np.array([0.9, 0.95]), through=pd.Series([12]), trials=FEW)
        self.assertEqual(sorted(result.sizes["survival"]), [0.9, 0.95])
        result = fundsim.compare(THREE, fund=np.array([8e6, 1e7]), only="bank", trials=50)
        self.assertEqual(len(set(result.summary.index.get_level_values(0))), 2)
        result = fundsim.compare([THREE, fundsim.example("dalian-2018")], trials=50)
        self.assertGreater(len(result.differences), 0)

    def test_compare_gives_rows_and_differences_on_the_same_draws(self) -> None:
        result = fundsim.compare(THREE, fund=["800万", "1600万"], only="bank", trials=FEW)
        values = [result.summary.loc[(name, "compensation"), "value"] for name in ("800万", "1600万")]
        difference = result.differences.loc[("1600万", "compensation")]
        self.assertAlmostEqual(difference["value"], values[1] - values[0], 4)
        self.assertEqual(difference["reference"], "800万")

    def test_calibrate_takes_columns(self) -> None:
        columns = {"year": [2020, 2021], "atRisk": [1000, 1000], "defaults": [20, 20]}
        result = fundsim.calibrate(columns, draws=64)
        # Two equal years: the rate itself.
        self.assertAlmostEqual(result.best["pd"], 0.02, 3)
        self.assertEqual(list(result.years["defaults"]), [20, 20])
        self.assertGreaterEqual(len(result.draws), 64)
        self.assertIn("defaults:", result.scenario_text)
        with self.assertRaises(fundsim.InputError) as raised:
            fundsim.calibrate({"year": [2020], "atRisk": [10], "defaults": [20]})
        self.assertEqual(raised.exception.file, "<history>")
        self.assertEqual(raised.exception.line, 2)

    def test_calibrate_takes_years_that_pandas_holds_as_dates(self) -> None:
        days = [datetime.date(2020, 1, 1), datetime.date(2021, 12, 31)]
        for years in (pd.to_datetime(days), days, pd.PeriodIndex(["2020", "2021"], freq="Y")):
            table = pd.DataFrame({"year": years, "atRisk": [1000, 1000], "defaults": [20, 20]})
            self.assertEqual(list(fundsim.calibrate(table, draws=64).years["year"]), [2020, 2021])

    def test_replay_and_the_run_that_goes_on_from_it(self) -> None:
        folder = fundsim.example("baotou")
        result = fundsim.replay(
            folder / "register.csv", programme="baotou", model="bank", fund=decimal.Decimal("1E+7"),
            start=datetime.date(2024, 1, 1), facts="met", until="2025-06-30", state=True)
        ledger = result.ledger
        self.assertAlmostEqual(ledger["amount"].sum() + 10_000_000, ledger["balance"].iloc[-1], 2)
        paid = -ledger.loc[ledger["event"] == "claim", "amount"].sum()
        self.assertAlmostEqual(result.summary["value"].xs("compensation", level="figure").item(), paid, 2)
        self.assertGreater(len(result.banks), 0)
        self.assertGreater(len(result.years), 0)
        run = fundsim.run(folder / "from-today.yaml", start_from=result.state, trials=50, year_trials=0)
        self.assertEqual(run.provenance["trials"], 50)


class ProgressTest(unittest.TestCase):
    def test_progress_goes_forward(self) -> None:
        seen: list[fundsim.Progress] = []
        fundsim.run(THREE, trials=4_000_000, time_limit="2s", keep_trials=False, year_trials=0,
                    progress=seen.append)
        trials = [step.done for step in seen if step.work is None]
        self.assertGreater(len(trials), 1)
        self.assertEqual(trials, sorted(trials))
        self.assertTrue(all(step.total in (4_000_000, None) for step in seen if step.work is None))

    def test_what_is_raised_meanwhile_ends_the_program(self) -> None:
        def no_more(_: fundsim.Progress) -> None:
            raise RuntimeError("no more")

        begin = time.monotonic()
        with self.assertRaisesRegex(RuntimeError, "no more"):
            fundsim.run(THREE, trials=20_000_000, keep_trials=False, progress=no_more)
        self.assertLess(time.monotonic() - begin, 30)

    def test_ctrl_c_ends_the_run_with_what_there_is(self) -> None:
        # In a process of its own, which gets the signal as from a terminal.
        script = (
            "import fundsim, os, signal\n"
            "def stop(step):\n"
            "    if step.work is None and step.done > 0: os.kill(os.getpid(), signal.SIGINT)\n"
            "try:\n"
            f"    fundsim.run({str(THREE)!r}, trials=3_000_000, keep_trials=False, year_trials=0, progress=stop)\n"
            "except fundsim.Interrupted as stopped:\n"
            "    result = stopped.result\n"
            "    print(0 < result.provenance['trials'] < 3_000_000, result.is_complete)\n")
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.stdout.strip(), "True False", done.stderr)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_bar_of_a_notebook_is_one_output_that_changes(self) -> None:
        from fundsim.faces import Bar

        class Handle:
            def __init__(self) -> None:
                self.shown: list[dict] = []

            def update(self, data: dict, raw: bool) -> None:
                self.shown.append(data)

        handle, first = Handle(), []

        def display(data: dict, raw: bool, display_id: bool) -> Handle:
            first.append(data)
            return handle

        bar = Bar(display)
        bar(fundsim.Progress(run=1, done=50, total=200, seconds=1))
        bar(fundsim.Progress(run=1, done=100, total=200, seconds=2))
        self.assertEqual((len(first), len(handle.shown)), (1, 1))
        self.assertIn('value="0.2500"', first[0]["text/html"])
        self.assertIn("about 2 s left", handle.shown[0]["text/plain"])
        bar.close()
        self.assertEqual(handle.shown[-1]["text/html"], "")


class CommandLineTest(unittest.TestCase):
    def test_the_command_is_the_program(self) -> None:
        for command in (["--version"], ["engine"], ["run", "nowhere"]):
            ways = [
                subprocess.run([*start, *command], capture_output=True, text=True, check=False)
                for start in ([fundsim.program()], [sys.executable, "-m", "fundsim"])]
            self.assertEqual(*[(way.returncode, way.stdout, way.stderr) for way in ways])
        self.assertEqual(
            subprocess.run([fundsim.program(), "--version"], capture_output=True, text=True, check=True)
            .stdout.strip(), fundsim.__version__)

    def test_the_examples_can_be_copied_and_run(self) -> None:
        self.assertIn("three-models", fundsim.examples())
        with self.assertRaisesRegex(KeyError, "three-models"):
            fundsim.example("four-models")
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "mine"
            command = [sys.executable, "-W", "error", "-m", "fundsim.examples", str(target)]
            first, second = (
                subprocess.run(command, capture_output=True, text=True, check=False) for _ in range(2))
            self.assertEqual((first.returncode, second.returncode), (0, 74))
            self.assertEqual(first.stderr, "")
            self.assertTrue(fundsim.check(target / "three-models").valid)


class WheelTest(unittest.TestCase):
    def test_the_tag_is_what_the_symbols_ask_for(self) -> None:
        import importlib.util

        path = Path(__file__).resolve().parents[1] / "wheel_contents.py"
        spec = importlib.util.spec_from_file_location("wheel_contents", path)
        contents = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(contents)
        # The program and the C library itself: the newest version among all the words of the file.
        import re

        for file in (fundsim.program(), os.path.realpath(sys.executable)):
            data = Path(file).read_bytes()
            if data[:4] != b"\x7fELF":
                continue
            words = {tuple(map(int, found)) for found in re.findall(rb"GLIBC_(\d+)\.(\d+)\b", data)}
            self.assertEqual(contents.oldest_c_library(data), max(words), file)
            major, minor = max(words)
            self.assertIn(f"manylinux_{major}_{minor}_", contents.platform_tag(Path(file)))


if __name__ == "__main__":
    unittest.main()
