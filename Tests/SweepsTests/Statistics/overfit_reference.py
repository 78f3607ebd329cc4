"""Reference values of the overfit figures, computed independently of the sources.

Run with `python3 overfit_reference.py`; the numbers stand in OverfitTests.swift. Only the standard library.
"""

import math
import statistics
from itertools import combinations

normal = statistics.NormalDist()
EULER = 0.5772156649015329


def series(trial, length):
    """Gains that any language computes alike: a linear congruential generator, mapped to -0.5 ..< 0.5."""
    state = 12345 + 7919 * trial
    gains = []
    for _ in range(length):
        state = (state * 1103515245 + 12345) % 2**31
        gains.append(state / 2**31 - 0.5 + 0.01 * trial)
    return gains


def sharpe(gains):
    return statistics.fmean(gains) / statistics.stdev(gains)


def shape(gains):
    mean = statistics.fmean(gains)
    second = statistics.fmean((g - mean) ** 2 for g in gains)
    third = statistics.fmean((g - mean) ** 3 for g in gains)
    fourth = statistics.fmean((g - mean) ** 4 for g in gains)
    return third / second**1.5, fourth / second**2


def expected_best(trials, variance):
    return math.sqrt(variance) * (
        (1 - EULER) * normal.inv_cdf(1 - 1 / trials)
        + EULER * normal.inv_cdf(1 - 1 / (trials * math.e))
    )


def probability_above(value, bound, count, skew, kurtosis):
    spread = math.sqrt(1 - skew * value + (kurtosis - 1) / 4 * value**2)
    return normal.cdf((value - bound) * math.sqrt(count - 1) / spread)


def overfit(trials, groups):
    length = len(trials[0]) // groups

    def score(trial, chosen):
        gains = [g for k in chosen for g in trial[k * length : (k + 1) * length]]
        deviation = statistics.pstdev(gains)
        return statistics.fmean(gains) / deviation if deviation else 0.0

    worse = losses = count = 0
    ranks = 0.0
    for past in combinations(range(groups), groups // 2):
        future = [k for k in range(groups) if k not in past]
        scores = [score(t, past) for t in trials]
        best = scores.index(max(scores))
        later = [score(t, future) for t in trials]
        rank = (1 + sum(s < later[best] for s in later)) / (len(trials) + 1)
        count += 1
        ranks += rank
        worse += rank <= 0.5
        losses += later[best] < 0
    return worse / count, losses / count, ranks / count, count


def independent(trials):
    """From the mean of all pairs' correlations."""
    pairs = list(combinations(trials, 2))
    mean = statistics.fmean(statistics.correlation(a, b) for a, b in pairs)
    mean = min(1.0, max(0.0, mean))
    return mean + (1 - mean) * len(trials)


if __name__ == "__main__":
    # The example of the paper: 100 trials a year's variance of 1/2, five years of days, annual Sharpe ratio of 2.5.
    variance = 0.5 / 250
    best = expected_best(100, variance)
    print("paper: expected best", repr(best))
    print("paper: deflated", repr(probability_above(2.5 / math.sqrt(250), best, 1250, -3, 10)))
    trials = [series(t, 64) for t in range(6)]
    chosen = trials[5]
    skew, kurtosis = shape(chosen)
    print("sharpe", repr(sharpe(chosen)), "skew", repr(skew), "kurtosis", repr(kurtosis))
    variance = statistics.variance(sharpe(t) for t in trials)
    best = expected_best(6, variance)
    print("expected best", repr(best))
    print("deflated", repr(probability_above(sharpe(chosen), best, 64, skew, kurtosis)))
    print("overfit 16 groups", overfit(trials, 16))
    print("overfit 8 of short", overfit([t[:8] for t in trials], 8))
    print("independent", repr(independent(trials)))
    related = [[c + 0.5 * g for c, g in zip(series(9, 64), t)] for t in trials]
    print("independent of related", repr(independent(related)))
    for share in (0.001, 0.025, 0.5, 0.9, 0.999, 1e-9):
        print("quantile", share, repr(normal.inv_cdf(share)))
    for x in (-3.0, -1.0, 0.5, 2.0):
        print("cumulative", x, repr(normal.cdf(x)))
