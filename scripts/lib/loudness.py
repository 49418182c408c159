"""How loud a sound is, as EBU R128 (ITU-R BS.1770-4) measures it, and what to do about it. Pure.

Owns the measure of one channel at 48 kHz; must not know files, clips or encoders.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import log10
from typing import Final

RATE_HZ: Final = 48_000
_BLOCK: Final = RATE_HZ * 4 // 10
_STEP: Final = _BLOCK // 4
_SILENCE_LUFS: Final = -70.0
_BESIDE_LU: Final = -10.0  # a block so far below the others is a pause, not the sound

_Biquad = tuple[tuple[float, float, float], tuple[float, float]]
# What a head does to a sound, then what ears leave out of low tones; BS.1770-4, tables 1 and 2.
_SHELF: Final[_Biquad] = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (-1.69065929318241, 0.73248077421585),
)
_HIGH_PASS: Final[_Biquad] = ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))


def lufs(samples: Sequence[float]) -> float:
    """Integrated loudness of samples between -1 and 1. A sound shorter than a block of 0.4 s is
    filled up with silence, as ears do: a short word sounds softer than a long one.
    """
    powers = _block_powers(samples)
    heard = [power for power in powers if _level(power) > _SILENCE_LUFS]
    if not heard:
        return _SILENCE_LUFS
    gate = _level(sum(heard) / len(heard)) + _BESIDE_LU
    kept = [power for power in heard if _level(power) > gate]
    return _level(sum(kept) / len(kept))


def _block_powers(samples: Sequence[float]) -> list[float]:
    weighted = _filtered(_filtered(samples, _SHELF), _HIGH_PASS)
    sums = list(accumulate((value * value for value in weighted), initial=0.0))
    starts = range(0, max(1, len(samples) - _BLOCK + _STEP), _STEP)
    last = len(samples)
    return [(sums[min(at + _BLOCK, last)] - sums[at]) / _BLOCK for at in starts]


def _filtered(samples: Sequence[float], biquad: _Biquad) -> list[float]:
    return list(_filter(samples, biquad))


def _filter(samples: Sequence[float], biquad: _Biquad) -> Iterator[float]:
    (b0, b1, b2), (a1, a2) = biquad
    x1 = x2 = y1 = y2 = 0.0
    for x in samples:
        y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
        x2, x1, y2, y1 = x1, x, y1, y
        yield y


def _level(power: float) -> float:
    return -0.691 + 10 * log10(power) if power > 0 else float("-inf")
