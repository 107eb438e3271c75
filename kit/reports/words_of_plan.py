"""The plan in the reader's words, for every form in which it is saved: rows of strings, and sentences."""

from kit.facts import fact
from kit.reports.shop_plan import ShopPlan
from kit.text import has, label, number, words


def title(plan: ShopPlan) -> str:
    """Return the answer in one sentence."""
    finding = plan.table.attrs["finding"]
    return words("page.title" if finding["best_change"][0] > 0 else "page.title_none", **finding)


def standing_rows(plan: ShopPlan) -> list[tuple[str, str]]:
    """Return what the orders show: label and number."""
    found = plan.found.attrs["finding"]
    counts = {"read": (plan.reading.read, "lines"), "used": (len(plan.reading.lines), "lines")}
    counts |= {"listed": (len(plan.reading.unused), "lines")}
    rows = [(words(f"finding.standing.{name}"), number(*amount)) for name, amount in counts.items()]
    for name, amount in found.items():
        if has(f"finding.standing.{name}"):
            shown = words(amount[0]) if amount[1] == "words" else number(*amount)
            rows.append((words(f"finding.standing.{name}"), shown))
    return rows


def column_rows(plan: ShopPlan) -> list[tuple[str, str]]:
    """Return which column was taken for what."""
    return [(words(f"role_of.{role}"), name) for role, name in plan.reading.header.named().items()]


def notes(plan: ShopPlan) -> list[str]:
    """Return the decisions that reading took, as sentences."""
    return [words(f"note.{code}", **fields) for code, fields in plan.reading.notes]


def break_evens(plan: ShopPlan) -> list[str]:
    """Return where each programme breaks even, as sentences."""
    finding = plan.table.attrs["finding"]
    pays = finding["discount_even"][0] > 0
    return [
        words("even.discount" if pays else "even.no_discount", **finding),
        words("even.again", **finding),
        words("even.commission", **finding, commission=(plan.offer.commission, "share")),
        words("even.festival", **finding),
    ]


def turning_rows(plan: ShopPlan) -> list[tuple[str, ...]]:
    """Return what each answer turns on, with a header."""
    head = tuple(words(f"column.{name}") for name in ("offered", "gain", "turns_on", "low", "high", "flips"))
    rows = []
    for row in plan.turning().to_dict("records"):
        yuan = [number(row[name], "yuan") for name in ("gain", "low", "high")]
        lever = label("lever", row["lever"])
        rows.append((words(f"offered.{row['offered']}"), yuan[0], lever, *yuan[1:], words(f"flips.{row['flips']}")))
    return [head, *rows]


def assumption_rows(plan: ShopPlan) -> list[tuple[str, str, str]]:
    """Return the assumptions behind the plan: label, value, why."""
    levers = plan.assume.levers()
    names = plan.table.attrs["rests_on"]
    return [
        (label("lever", f"assume.{n}"), levers[f"assume.{n}"].show(getattr(plan.assume, n)), fact(n).reason)
        for n in names
    ]


def unused_rows(plan: ShopPlan, most: int) -> list[tuple]:
    """Return the lines that were not used, with a header; where there are more than ``most``, a last row says so."""
    head = tuple(words(f"column.{name}") for name in ("file_line", "unused_reason", "unused_cell"))
    listed = plan.reading.unused
    rows = [(line, words(f"unused.{reason}"), cell) for line, reason, cell in listed.head(most).itertuples(index=False)]
    rest = len(listed) - len(rows)
    return [head, *rows, *([("…", words("page.more_lines", n=rest), "")] if rest else [])]
