"""The calendar: the days of the model, and the dates of sourced numbers."""

import datetime

from kit.parameters.sourced import fact

# The first and the last day of the model; all programmes lie within.
FIRST, LAST = datetime.date(2020, 8, 1), datetime.date(2021, 1, 29)


def first_day(key: str) -> datetime.date:
    """Return the first day of a sourced number: of its date, its month or its period.

    >>> first_day("A81"), first_day("A73")
    (datetime.date(2020, 8, 1), datetime.date(2020, 10, 30))
    """
    written = fact(key).date.split("/")[0]
    return datetime.date.fromisoformat(f"{written}-01" if len(written) == len("2020-08") else written)


def last_day(key: str) -> datetime.date:
    """Return the last day of the period of a sourced number.

    >>> last_day("A73")
    datetime.date(2020, 11, 11)
    """
    return datetime.date.fromisoformat(fact(key).date.split("/")[-1])
