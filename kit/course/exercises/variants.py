"""A learner's own numbers and their own keys of options: from the course's key, their id and the question.

They are the same at every time and place.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Variant:
    """The range of one own number: from ``low`` to ``high`` in steps, with its unit."""

    low: float
    high: float
    step: float
    unit: str

    def at(self, place: int) -> float:
        """Return the number at a place, counted round from the lowest."""
        steps = round((self.high - self.low) / self.step) + 1
        value = self.low + self.step * (place % steps)
        return round(value, 10)


def numbers(key: str, learner: str, question: str, ranges: dict[str, Variant]) -> dict[str, float]:
    """Return one learner's numbers for a question.

    The key is a salt: with it and an id anybody can reckon them again, which is what a regrade does.

    >>> sales = {"sales": Variant(120_000, 190_000, 5_000, "yuan")}
    >>> numbers("autumn", "2020001", "ex03.fee", sales) == numbers("autumn", "2020001", "ex03.fee", sales)
    True
    >>> len({numbers("autumn", str(n), "ex03.fee", sales)["sales"] for n in range(99)}) > 9
    True
    """
    found = {}
    for name, own in ranges.items():
        found[name] = own.at(int.from_bytes(_digest(key, learner, question, name)[:8], "big"))
    return found


def keys(key: str, learner: str, question: str, options: Iterable[str]) -> dict[str, str]:
    """Return one learner's own key of each option, in the order of the keys, which is their own too.

    A file of answers holds these keys, so an answer that was copied out of another's says nothing here.

    >>> mine, theirs = (keys("autumn", learner, "ex03.who_pays", ["nobody", "others"]) for learner in ("1", "2"))
    >>> set(mine) == set(theirs), set(mine.values()) & set(theirs.values())
    (True, set())
    """
    long = {name: _letters(_digest(key, learner, question, "key", name)) for name in options}
    size = next(n for n in range(KEY_LETTERS, 50) if len({told[:n] for told in long.values()}) == len(long))
    return dict(
        sorted(
            ((name, told[:size]) for name, told in long.items()),
            key=lambda pair: pair[1],
        )
    )


KEY_LETTERS = 5


def _letters(digest: bytes) -> str:
    return base64.b32encode(digest).decode().lower()


def _digest(key: str, *told: str) -> bytes:
    # NUL cannot stand in an id, so no two messages are the same.
    return hmac.new(key.encode(), "\0".join(told).encode(), hashlib.sha256).digest()
