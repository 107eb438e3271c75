"""A learner's own numbers and option keys: a keyed hash of the learner's id and the question, reproducible anywhere."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

KEY_LETTERS = 5  # at least


@dataclass(frozen=True)
class Variant:
    """The range of a number that varies between learners: ``low`` to ``high`` in steps, with its unit."""

    low: float
    high: float
    step: float
    unit: str

    def at(self, place: int) -> float:
        """Return the number at a place, modulo the number of steps."""
        steps = round((self.high - self.low) / self.step) + 1
        value = self.low + self.step * (place % steps)
        return round(value, 10)


def numbers(key: str, learner: str, question: str, ranges: dict[str, Variant]) -> dict[str, float]:
    """Return one learner's numbers for a question; grading computes them again from the key and the id.

    >>> sales = {"sales": Variant(120_000, 190_000, 5_000, "yuan")}
    >>> numbers("autumn", "2020001", "ex03.fee", sales) == numbers("autumn", "2020001", "ex03.fee", sales)
    True
    >>> len({numbers("autumn", str(n), "ex03.fee", sales)["sales"] for n in range(99)}) > 9
    True
    """
    return {
        name: variant.at(int.from_bytes(_digest(key, learner, question, name)[:8], "big"))
        for name, variant in ranges.items()
    }


def keys(key: str, learner: str, question: str, options: Iterable[str]) -> dict[str, str]:
    """Return one learner's own key of each option, in the order of the keys.

    Files of answers hold these keys, so an answer copied from another learner's file is meaningless.

    >>> mine, theirs = (keys("autumn", learner, "ex03.who_pays", ["nobody", "others"]) for learner in ("1", "2"))
    >>> set(mine) == set(theirs), set(mine.values()) & set(theirs.values())
    (True, set())
    """
    digests = {name: _digest(key, learner, question, "key", name) for name in options}
    long = {name: base64.b32encode(digest).decode().lower() for name, digest in digests.items()}
    size = next(n for n in range(KEY_LETTERS, 50) if len({letters[:n] for letters in long.values()}) == len(long))
    return {name: letters[:size] for name, letters in sorted(long.items(), key=lambda pair: pair[1])}


def _digest(key: str, *parts: str) -> bytes:
    # An id cannot hold NUL, so different parts make different messages.
    return hmac.new(key.encode(), "\0".join(parts).encode(), hashlib.sha256).digest()
