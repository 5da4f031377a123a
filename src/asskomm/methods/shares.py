# SPDX-License-Identifier: EUPL-1.2
"""How sure a share is that some answers of many give."""

import math
from statistics import NormalDist

LEVEL = 0.95


def wilson(successes: int, trials: int, level: float = LEVEL) -> tuple[float, float]:
    """Give the interval in which a share lies, after Wilson: it never leaves 0 to 1 and holds for few answers too.

    Args:
        successes: how many of them say yes.
        trials: how many answered; more than none.
        level: how often such an interval covers the share, between 0 and 1.

    Returns
    -------
        Lower and upper bound, each from 0 to 1.

    Raises
    ------
        ValueError: no trials, more successes than trials, or a level outside of 0 and 1.

    Source:
        E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, Journal of the American Statistical Association 22
        (1927), 209-212; without a correction for continuity, as R. G. Newcombe recommends, Statistics in Medicine 17 (1998), 857-872, method 3.

    Example:
        >>> [round(bound, 4) for bound in wilson(81, 263)]
        [0.2553, 0.3662]
    """
    if not 0 <= successes <= trials or trials == 0 or not 0 < level < 1:
        raise ValueError(f"no share: {successes} of {trials} at level {level}")
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, squared = successes / trials, z * z
    middle = share + squared / (2 * trials)
    half = z * math.sqrt(share * (1 - share) / trials + squared / (4 * trials * trials))
    width = 1 + squared / trials
    return max(0.0, (middle - half) / width), min(1.0, (middle + half) / width)
