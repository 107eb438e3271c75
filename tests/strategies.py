"""What hypothesis draws for the tests: any value of a lever."""

from hypothesis import strategies as st

from kit.levers import Lever, Value


def somewhere(draw, lever: Lever) -> Value:
    """Draw a value of a lever from its whole range."""
    match lever.kind:
        case "choice":
            return draw(st.sampled_from(lever.choices))
        case "date":
            return draw(st.dates(lever.low, lever.high))
    return draw(st.floats(lever.low, lever.high))
