"""Two laws whose answers are known exactly, for what measures precision: `coverage` and `peers/precision`.

All loans are of one unit, ten thousand yuan, and are assessed once; the fund pays every loss until it has nothing left, and
nothing comes back.
"""

import math
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent
UNIT = 10_000

# Exhaustion of the ladder's funds, by quadrature over the factors: what PRECISION §1 and Validation hold the engine against.
LADDER = {20: .135856, 30: .0277415, 40: .00529152, 60: 1.83675e-4, 80: 6.32795e-6, 120: 7.18547e-9}
DEPENDENT = """  dependence: gaussian
  assetCorrelation: 0.12
  factor: {period: year, persistence: 0.4}"""


def ladder(folder, units, timing="maturity"):
    """Writes five cohorts of 100 loans of 2.5 % under persistent factors; returns the scenario's path.

    The answers are the same whether loans are assessed once or month by month: each has its year.
    """
    loans = [(number, "%d-12" % (2023 + number // 100), "2.5%") for number in range(500)]
    return write(folder, loans, DEPENDENT, units, timing)


BINOMIAL = {"loans": 220, "pd": 0.05, "units": 10}


def binomial(folder):
    """Writes 220 loans that fail independently with 5 %, and a fund of ten units; returns the scenario's path."""
    loans = [(number, "2023-12", "5%") for number in range(BINOMIAL["loans"])]
    return write(folder, loans, "  dependence: independent", BINOMIAL["units"])


def binomial_truth():
    """The exact exhaustion, mean compensation and mean of what goes unpaid (yuan) of `binomial`."""
    loans, pd, units = BINOMIAL["loans"], BINOMIAL["pd"], BINOMIAL["units"]
    law = [math.comb(loans, count) * pd**count * (1 - pd)**(loans - count) for count in range(loans + 1)]
    return {
        "exhaustion": sum(law[units + 1:]),
        "compensation.mean": UNIT * sum(p * min(count, units) for count, p in enumerate(law)),
        "unpaid.mean": UNIT * sum(p * max(0, count - units) for count, p in enumerate(law)),
    }


def write(folder, loans, dependence, units, timing="maturity"):
    """Writes tape, programme and scenario; returns the scenario's path."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rows = ["id,enterprise,bank,start,term,principal,pd"]
    rows += ["L%d,E%d,A,%s,12,%d,%s" % (number, number, start, UNIT, pd) for number, start, pd in loans]
    (folder / "tape.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    for name in ("scenario.yaml", "programme.yaml"):
        text = (FOLDER / ("known-" + name)).read_text(encoding="utf-8")
        text = text.replace("DEPENDENCE", dependence).replace("UNITS", str(units)).replace("TIMING", timing)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "scenario.yaml"
