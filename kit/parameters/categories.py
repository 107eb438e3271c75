"""The positions in the model's arrays, by name: a category, tier, kind of shop, segment or venue is an index.

Compiled code reads these numbers, so they belong to the sources that ``kit.numerics.compiled`` hashes.
"""

from enum import Enum, IntEnum


class Category(IntEnum):
    """Categories of goods: the three business divisions (A59)."""

    APPAREL = 0
    PREMIUM = 1
    HOME = 2


class ShopKind(IntEnum):
    """Whose shop or whose goods: this decides what the platform earns."""

    THIRD_PARTY = 0
    SELF_BUILT = 1
    ALLIANCE = 2


class Tier(IntEnum):
    """Merchants by size: the largest hundredth, the rest of the largest fifth, all others; and those who enter.

    Small merchants are those from TAIL on.
    """

    HEAD = 0
    WAIST = 1
    TAIL = 2
    NEWCOMER = 3


class Segment(IntEnum):
    """Buyers by what they have bought here before."""

    NEW = 0
    OCCASIONAL = 1
    REGULAR = 2


class Venue(IntEnum):
    """Where buyers find a room."""

    PUBLIC = 0
    PRIVATE = 1
    PAID = 2
    FESTIVAL = 3


class Role(IntEnum):
    """What a service provider does (A18)."""

    TRAINING = 0
    MCN = 1
    BELT = 2
    SUPPLY_CHAIN = 3


def names(of: type[Enum]) -> tuple[str, ...]:
    """Return the names in order, as they stand in tables and data.

    >>> names(Tier)
    ('head', 'waist', 'tail', 'newcomer')
    """
    return tuple(member.name.lower() for member in of)
