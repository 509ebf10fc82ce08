"""What a supervising office computes (监督考核): checks, samples, indicators, scores.

Pure values and data files; who is inspected and what follows is the site's.
"""

from mingtang.supervising.checks import BY_HAND, Check, Watched, check, checks, watched
from mingtang.supervising.freshness import Freshness, Limit, State, judge, limit, limits
from mingtang.supervising.indicators import (
    FEW,
    Indicator,
    Measured,
    Size,
    Standing,
    indicator,
    indicators,
    standings,
)
from mingtang.supervising.sampling import Sample, draw
from mingtang.supervising.scoring import Deduction, Part, Scheme, Scored, schemes, score

__all__ = [
    "BY_HAND",
    "FEW",
    "Check",
    "Deduction",
    "Freshness",
    "Indicator",
    "Limit",
    "Measured",
    "Part",
    "Sample",
    "Scheme",
    "Scored",
    "Size",
    "Standing",
    "State",
    "Watched",
    "check",
    "checks",
    "draw",
    "indicator",
    "indicators",
    "judge",
    "limit",
    "limits",
    "schemes",
    "score",
    "standings",
    "watched",
]
