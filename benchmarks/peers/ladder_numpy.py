"""Exhaustion of the ladder's fund by plain trials in numpy: all loans of a thousand trials at once.

    python3 ladder_numpy.py UNITS TRIALS

Five cohorts of 100 loans of one unit, 2.5 %, asset correlation 0.12, a factor a year with persistence 0.4. Prints
microseconds of processor time a trial, and how many trials exhausted the fund.
"""

import math
import sys
import time

import numpy as np

QUANTILE, RHO, PHI, COHORTS, LOANS, BLOCK = -1.9599639845400545, 0.12, 0.4, 5, 100, 1000


def main():
    units, trials = int(sys.argv[1]), int(sys.argv[2])
    cumulative = np.vectorize(lambda x: 0.5 * math.erfc(-x / math.sqrt(2)))
    words = np.random.default_rng(1)
    exhausted = 0
    start = time.process_time()
    for _ in range(trials // BLOCK):
        x = words.standard_normal((COHORTS, BLOCK))
        for cohort in range(1, COHORTS):
            x[cohort] = PHI * x[cohort - 1] + math.sqrt(1 - PHI * PHI) * x[cohort]
        limits = cumulative((QUANTILE - math.sqrt(RHO) * x) / math.sqrt(1 - RHO))
        failed = (words.random((COHORTS, BLOCK, LOANS)) < limits[:, :, None]).sum(axis=(0, 2))
        exhausted += int((failed > units).sum())
    seconds = time.process_time() - start
    print("%.6f %d" % (seconds / (trials // BLOCK * BLOCK) * 1e6, exhausted))


if __name__ == "__main__":
    main()
