"""The cases that `measure` and `gate` run: the benchmark portfolio under several laws.

The portfolio is that of `scenario.yaml` and `programme.yaml` beside this file; a case fills in the
words in capitals. Nothing here needs more than Python's standard library.
"""

import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import time

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parent
BINARY = ROOT / ".build" / "release" / "fundsim"

# The initial amount in yuan a loan: about one trial in twenty exhausts the fund.
YUAN_A_LOAN = {"maturity": 41_000, "monthly": 51_000}


class Case:
    """A scenario of the benchmark portfolio."""

    def __init__(
        self, name, words, loans=10_000, timing="maturity", funds=None, tape=False, **changes
    ):
        self.name = name
        self.words = words
        self.loans = loans
        self.timing = timing
        self.funds = funds
        self.tape = tape
        self.changes = {
            "DEPENDENCE": "gaussian", "PERIOD": "year", "SECTORS": "", "STRESS": "",
            "UNCERTAINTY": "", "CLAUSES": "", "OTHERSHARES": "", **changes}

    @property
    def scale(self):
        """The size of a loan against that of the other cases."""
        return 0.3 if self.tape else 1

    @property
    def initial(self):
        return int(self.loans * YUAN_A_LOAN[self.timing] * self.scale)

    def write(self, folder):
        """Writes scenario and programme into a folder; returns the scenario's path."""
        funds = self.funds or [
            "{name: F, programme: programme.yaml, model: bank, start: 2024-01, "
            "initial: INITIAL, interestRate: 1.44%}"
        ]
        values = {
            "TRIALS": "1000",
            "PERMONTH": repr(self.loans / 48),
            "TIMING": self.timing,
            "FUNDS": "\n".join("  - " + fund for fund in funds),
            **self.changes,
        }
        if self.tape:
            # A million loans of the usual size would be more than a portfolio may hold.
            values["50万, to: 300万"] = "15万, to: 90万"
        # What a bank lends in half a year on average: 1.75 million a loan, 8 banks, 48 months.
        amounts = {
            # The funds of a comparison have other sizes than the first: 90 % and 120 %.
            "INITIAL00": self.initial,
            "INITIAL01": self.initial * 9 // 10,
            "INITIAL02": self.initial * 12 // 10,
            # Beside a second payer a fund needs less: 42 % and 20 %.
            "INITIAL03": self.initial * 42 // 100,
            "INITIAL04": self.initial * 20 // 100,
            "INITIAL": self.initial,
            "MINIMUM": int(self.loans * 1.75e6 * self.scale / 8 * 6 / 48),
            "FUND": self.initial,
        }
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("scenario.yaml", "programme.yaml"):
            text = (FOLDER / name).read_text(encoding="utf-8")
            for word, value in values.items():
                text = text.replace(word, value)
            for word, value in amounts.items():
                text = text.replace(word, str(value))
            (folder / name).write_text(text, encoding="utf-8")
        if self.tape:
            self.put_on_tape(folder)
        return folder / "scenario.yaml"

    def put_on_tape(self, folder):
        """Writes the generated loans as a tape, and has the scenario read it."""
        path = folder / "scenario.yaml"
        subprocess.run(
            [str(BINARY), "portfolio", str(path), "--out", str(folder)], check=True,
            stdout=subprocess.DEVNULL)
        text = path.read_text(encoding="utf-8")
        names = (folder / "portfolio.csv").open(encoding="utf-8").readline().strip().split(",")
        text = re.sub(
            r"  generate:\n(    .*\n)+  facts: met",
            "  tape: portfolio.csv\n  columns: {%s}\n  facts: {others: met}"
            % ", ".join("%s: %s" % (name, name) for name in names), text)
        path.write_text(text, encoding="utf-8")


THREE = [
    "{name: F%d, programme: programme.yaml, model: bank, start: 2024-01, "
    "initial: INITIAL0%d, interestRate: 1.44%%}" % (number, number)
    for number in range(3)
]
TWO_PAYERS = [
    "{name: %s, programme: programme.yaml, model: %s, start: 2024-01, "
    "initial: INITIAL0%d, interestRate: 1.44%%}" % (model, model, number)
    for model, number in (("guarantor", 3), ("insurer", 4))
]
SECTORS = "sectors: {p: 40%, q: 35%, r: 25%}"
BAOTOU = [
    "{name: F, programme: baotou, model: bank, start: 2024-01, interestRate: 1.44%, overrides: "
    "[{parameter: fund.initial.amount, value: INITIAL, reason: benchmark}, "
    "{parameter: inForce.lastsMonths, value: 60, reason: benchmark}]}"
]
# The same, and suspended banks make no loans.
STOPS = [BAOTOU[0][:-1] + ", afterSuspension: stops}"]
FILLED = [
    "{name: F, programme: programme.yaml, model: bank, start: 2024-01, initial: INITIAL, "
    "interestRate: 1.44%, fillUp: {to: INITIAL, at: yearStart, atMostAYear: INITIAL04}}"
]
CHAOYANG = [
    "{name: F, programme: chaoyang, model: bank, start: 2024-01, initial: INITIAL, "
    "claimDelay: 3 months}"
]
FILLED_POOL = [
    CHAOYANG[0][:-1] + ", fillUp: {to: INITIAL, at: quarterStart, atMostAYear: INITIAL04}}"
]

CASES = [
    Case("1k", "1,000 loans", loans=1_000),
    Case("10k", "10,000 loans"),
    Case("100k", "100,000 loans", loans=100_000),
    Case("1m-tape", "1,000,000 loans, read from a tape", loans=1_000_000, tape=True),
    Case("10k-monthly", "10,000 loans, timing monthly", timing="monthly"),
    Case("10k-three", "10,000 loans, three funds", funds=THREE),
    Case("10k-month-factor", "10,000 loans, a factor a month", PERIOD="month"),
    Case(
        "10k-sectors", "10,000 loans, Student t, three sectors",
        DEPENDENCE="studentT\n  degreesOfFreedom: 5\n  sectorCorrelation: 0.5", SECTORS=SECTORS),
    Case(
        "10k-drawn", "10,000 loans, 1,024 draws of PD, correlation and persistence",
        UNCERTAINTY="uncertainty: {pd: {value: 2%, low: 1.3%, high: 3.1%}, reference: 2.07%, "
        "assetCorrelation: {value: 0.12, low: 0.05, high: 0.23}, "
        "persistence: {value: 0.5, low: 0.2, high: 0.8}}"),
    Case(
        "1k-two-payers", "1,000 loans, a guarantor's and an insurer's model", loans=1_000,
        funds=TWO_PAYERS),
    Case(
        "1k-monthly-factor", "1,000 loans, timing monthly, a factor a month", loans=1_000,
        timing="monthly", PERIOD="month"),
    Case("10k-pool", "10,000 loans, Chaoyang's two accounts", funds=CHAOYANG),
    Case("10k-filled", "10,000 loans, filled up every January within a limit", funds=FILLED),
    Case(
        "1k-filled-pool", "1,000 loans, Chaoyang's two accounts filled up every quarter", loans=1_000,
        funds=FILLED_POOL),
    Case("1k-stops", "1,000 loans of six times the risk, Baotou, suspended banks stop lending",
         loans=1_000, funds=STOPS, STRESS="stress: [{from: 2024-01, until: 2028-12, factor: 6}]"),
    Case("1k-suspensions", "1,000 loans of six times the risk, Baotou read literally",
         loans=1_000, funds=BAOTOU, STRESS="stress: [{from: 2024-01, until: 2028-12, factor: 6}]"),
    # Clauses of other cities: an amendment leaves claims independent; a limit couples those of the trials that reach it;
    # a first loss, and what looks at the fund's money, couples all.
    Case(
        "10k-amended", "10,000 loans, another share for loans made from 2026 on",
        CLAUSES="changes:\n  - {id: later, from: 2026-01, "
        "change: {models.bank.payers.fund.share.value: 60%}, assumption: for later loans}"),
    Case(
        "1k-limits", "1,000 loans, a limit by bank and year", loans=1_000,
        CLAUSES="limits:\n  - {per: bank, over: calendarYear, part: 4%, of: madeInPeriod, "
        "assumption: binds now and then}"),
    Case(
        "1k-layers", "1,000 loans, steps of the claim rate, a first loss and a stop-loss",
        loans=1_000,
        OTHERSHARES="otherShares: [{aboveClaimRate: 3%, value: 40%, assumption: beyond}]",
        CLAUSES="claimRate: {counts: losses, of: madeSoFar, per: bank, over: programme, "
        "beyond: part, assumption: by the bank}\n"
        "firstLoss:\n  - {per: bank, over: calendarYear, amount: 50万, assumption: the bank's}\n"
        "stopLoss:\n  - {per: bank, over: calendarYear, part: 5%, of: madeInPeriod, "
        "assumption: the fund's}"),
    Case(
        "1k-balance", "1,000 loans, a limit of each year by the fund's balance in January",
        loans=1_000,
        CLAUSES="limits:\n  - {per: fund, over: calendarYear, part: 30%, of: yearOpening, "
        "assumption: binds now and then}"),
]


def case(name):
    """The case of a name."""
    for item in CASES:
        if item.name == name:
            return item
    sys.exit("no case is called %r; cases: %s" % (name, ", ".join(c.name for c in CASES)))


def build():
    """Builds the release binary."""
    subprocess.run(
        ["swift", "build", "-c", "release", "--product", "fundsim"], cwd=ROOT, check=True,
        stdout=subprocess.DEVNULL)


def swift_version():
    """The compiler's version, in one line."""
    line = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout
    return line.splitlines()[0].strip()


def machine():
    """The machine in one line."""
    model = platform.machine()
    try:
        for line in open("/proc/cpuinfo", encoding="utf-8"):
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip() + ", " + model
                break
    except OSError:
        pass
    return "%s, %d cores" % (model, os.cpu_count() or 1)


def arguments(binary, scenario, trials, out, threads=1):
    """The command line of a run."""
    return [
        str(binary), "run", str(scenario), "--trials", str(trials), "--threads", str(threads),
        "--quiet", "--out", str(out), "--year-trials", "0",
    ]


def run(binary, scenario, trials, out, threads=1):
    """Runs the program; returns user + system seconds, wall seconds and peak memory in bytes."""
    command = arguments(binary, scenario, trials, out, threads)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit("%s ended with %d" % (" ".join(command), status))
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024


def mean_defaults(out):
    """The defaults a trial of the run that wrote to a folder."""
    summary = json.loads((pathlib.Path(out) / "summary.json").read_text(encoding="utf-8"))
    return summary["funds"][0]["defaults"]["mean"]["value"]
