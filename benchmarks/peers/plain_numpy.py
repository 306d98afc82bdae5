"""The benchmark's law in numpy, vectorised over the loans of a trial: what an analyst would write.

    python3 plain_numpy.py portfolio.csv TRIALS INITIAL MINIMUM [--numba]

With --numba the same law goes loan by loan through numba's compiler (pip install numba). A peer to
hold the engine against; it knows this one fund only. Money is in yuan, without rounding.
"""

import csv
import math
import statistics
import sys
import time

import numpy as np

PDS = [0.003, 0.006, 0.01, 0.015, 0.022, 0.035, 0.06, 0.12]
RHO, PHI, MONTHS, BANKS = 0.12, 0.5, 60, 8
MEAN, SD = 0.556, 0.212
A = MEAN * (MEAN * (1 - MEAN) / SD**2 - 1)
B = A * (1 - MEAN) / MEAN


def cumulative(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def portfolio(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    start = [(int(r["start"][:4]) - 2024) * 12 + int(r["start"][5:7]) - 1 for r in rows]
    return (
        np.array([ord(r["bank"]) - ord("A") for r in rows]), np.array(start),
        np.array([int(r["term"]) for r in rows]),
        np.array([ord(r["grade"]) - ord("a") for r in rows]),
        np.array([float(r["principal"]) for r in rows]))


def limits(words, table):
    """The conditional probabilities of a trial, shape [periods, grades, terms]."""
    x, out = 0.0, []
    for period in range(5):
        shock = words.standard_normal()
        x = PHI * x + math.sqrt(1 - PHI * PHI) * shock if period else shock
        out.append([[cumulative((q - math.sqrt(RHO) * x) / math.sqrt(1 - RHO)) for q in row]
                    for row in table])
    return np.array(out)


def settle(due, bank, start, claim, part, lag, disbursed, initial, minimum):
    """Runs the months of one trial on its defaults, which are sorted by month."""
    balance, paid, exhausted = initial, 0.0, False
    returns = np.zeros(MONTHS + 25)
    owed = np.zeros(BANKS)
    suspended = np.full(BANKS, MONTHS)
    at = 0
    for month in range(MONTHS):
        if month:
            balance += balance * 0.0144 / 12
        balance += returns[month]
        while at < len(due) and due[at] == month:
            b = bank[at]
            if start[at] <= suspended[b]:
                payment = min(claim[at], balance)
                exhausted = exhausted or payment < claim[at]
                balance -= payment
                paid += payment
                owed[b] += claim[at]
                whole = disbursed[b, month]
                if whole >= minimum and owed[b] >= 0.05 * whole and suspended[b] == MONTHS:
                    suspended[b] = month
                if payment > 0 and month + lag[at] < MONTHS:
                    returns[month + lag[at]] += 0.5 * part[at]
            at += 1
        if month % 12 == 11:
            balance -= min(balance, 0.003 * initial)
    return paid, exhausted


def by_loan(uniform, limit, period, grade, term):
    """The defaults of a trial, loan by loan."""
    failed = np.empty(len(grade), np.bool_)
    for index in range(len(grade)):
        failed[index] = uniform[index] < limit[period[index], grade[index], term[index]]
    return failed


def main():
    path, trials, initial, minimum = sys.argv[1:5]
    trials, initial, minimum = int(trials), float(initial), float(minimum)
    bank, start, term, grade, principal = portfolio(path)
    month = start + term
    row, column = month // 12, term // 3 - 2
    quantile = statistics.NormalDist().inv_cdf
    table = [[quantile(1 - (1 - p) ** (m / 12)) for m in (6, 9, 12)] for p in PDS]
    disbursed = np.zeros((BANKS, MONTHS))
    np.add.at(disbursed, (bank, start), principal)
    disbursed = disbursed.cumsum(axis=1)
    order = np.argsort(month, kind="stable")
    bank, start, row, column, grade, month, principal = (
        a[order] for a in (bank, start, row, column, grade, month, principal))
    find, run = None, settle
    if "--numba" in sys.argv:
        import numba
        find, run = numba.njit(by_loan), numba.njit(settle)
    words = np.random.default_rng(1)
    total, squares, exhausted, defaults, begin = 0.0, 0.0, 0, 0, 0.0
    for trial in range(-5, trials):
        if trial == 0:  # The first five compile and warm up.
            total, squares, exhausted, defaults, begin = 0.0, 0.0, 0, 0, time.process_time()
        limit = limits(words, table)
        uniform = words.random(len(bank))
        failed = np.flatnonzero(
            find(uniform, limit, row, grade, column) if find
            else uniform < limit[row, grade, column])
        size = principal[failed]
        outcome = run(
            month[failed], bank[failed], start[failed], np.minimum(0.8 * size, 1.5e6),
            words.beta(A, B, len(failed)) * size, words.integers(12, 25, len(failed)), disbursed,
            initial, minimum)
        total += outcome[0]
        squares += outcome[0] ** 2
        exhausted += outcome[1]
        defaults += len(failed)
    seconds = time.process_time() - begin
    mean = total / trials
    print("%.1f us a trial, %.2f defaults, compensation %.0f, deviation %.0f, exhausted %.4f" % (
        seconds / trials * 1e6, defaults / trials, mean, math.sqrt(max(0, squares / trials - mean**2)), exhausted / trials))


if __name__ == "__main__":
    main()
