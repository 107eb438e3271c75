"""What hypothesis draws for the tests: any value of a lever, and windows that make sense."""

from hypothesis import strategies as st

from kit.levers import Lever, Value
from kit.programmes import programmes


def somewhere(draw, lever: Lever) -> Value:
    """Draw a value of a lever from its whole range."""
    match lever.kind:
        case "choice":
            return draw(st.sampled_from(lever.choices))
        case "date":
            return draw(st.dates(lever.low, lever.high))
    return draw(st.floats(lever.low, lever.high))


def sensible(moved: dict[str, Value]) -> dict[str, Value]:
    """Bring the days of each programme that is moved into an order that makes sense."""
    moved = dict(moved)
    for group, model in programmes().items():
        pairs = [(f"{group}.{earlier}", f"{group}.{later}") for earlier, later in model.order]
        days = [name for pair in pairs for name in pair]
        if set(days) & set(moved):
            moved = {name: model().values()[name] for name in days} | moved
        while wrong := [pair for pair in pairs if pair[0] in moved and moved[pair[0]] > moved[pair[1]]]:
            earlier, later = wrong[0]
            moved[earlier], moved[later] = moved[later], moved[earlier]
    return moved
