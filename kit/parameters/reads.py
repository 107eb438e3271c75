"""What a computation reads: the numbers and assumptions behind a result are recorded while it is computed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, wraps


@dataclass(eq=False)
class Reads:
    """What was read, in this order: ``names`` are ids of sourced numbers and names of assumptions.

    ``merchants`` is the size of the market that was simulated, 0 if none; ``simulated`` whether anything was.
    """

    names: dict[str, None] = field(default_factory=dict)
    merchants: int = 0
    simulated: bool = False


_under_way: list[Reads] = []


@contextmanager
def recording() -> Iterator[Reads]:
    """Record what is read in a block; blocks may be nested, and each records all that is read inside it.

    >>> from kit.parameters.sourced import value
    >>> with recording() as reads:
    ...     august = value("A01") * value("order_value")
    >>> list(reads.names)
    ['A01', 'order_value']
    """
    reads = Reads()
    _under_way.append(reads)
    try:
        yield reads
    finally:
        _under_way.pop()


@contextmanager
def unrecorded() -> Iterator[None]:
    """Read in a block without recording: for what cannot move the result, and for a lever's start."""
    before = _under_way[:]
    _under_way.clear()
    try:
        yield
    finally:
        _under_way[:] = before


def note(*names: str, merchants: int = 0, simulated: bool = False) -> None:
    """Say that something was read (or simulated) to every recording under way."""
    for reads in _under_way:
        reads.names.update(dict.fromkeys(names))
        reads.merchants = merchants or reads.merchants
        reads.simulated = reads.simulated or simulated


def note_all(reads: Reads) -> None:
    """Say again what a result that was kept had read."""
    note(*reads.names, merchants=reads.merchants, simulated=reads.simulated)


def remember(maxsize: int) -> Callable:
    """Cache a function like ``functools.lru_cache``; a result from the cache counts as reading what it had read."""

    def decorate(function: Callable) -> Callable:
        @lru_cache(maxsize)
        def kept(*args):
            with recording() as reads:
                return function(*args), reads

        @wraps(function)
        def recalled(*args):
            result, reads = kept(*args)
            note_all(reads)
            return result

        return recalled

    return decorate
