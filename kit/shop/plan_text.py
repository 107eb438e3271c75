"""The plan in the reader's words, for every form in which it is saved: rows of strings, and sentences."""

from kit.outcomes.fan_xing import granted
from kit.parameters.sourced import fact
from kit.shop.plan import ShopPlan
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
    """Return the decisions that reading and reckoning took, as sentences."""
    said = [words(f"note.{code}", **fields) for code, fields in plan.reading.notes]
    found, day = plan.found.attrs["finding"], (plan.shop.entered, "")
    said.append(words("note.entered" if plan.entered == "stated" else "note.entered_assumed", day=day))
    if not granted(plan.policy, plan.shop, plan.assume)[2]:
        said.append(words("note.entered_outside"))
    if "retention" in plan.known:
        said.append(words("note.own_retention", n=number(found["watched"][0]), share=found["retention"]))
    return said


def pivot(plan: ShopPlan) -> list[str]:
    """Return the number that the answer turns on first, and what it would take to turn the best, as sentences."""
    turns, best = plan.pivots(), plan.best()
    if turns.empty:
        return [words("pivot.none")]
    first = _turn(turns.iloc[0])
    said = [words(f"pivot.to_{turns['to'][0]}", **first)]
    if turns["offered"][0] == best or plan.table.attrs["finding"]["best_change"][0] <= 0:
        return said
    its = turns[turns["offered"] == best]
    fields = {"best": words(f"offered.{best}")} | ({} if its.empty else _turn(its.iloc[0]))
    return [*said, words("pivot.best_holds" if its.empty else "pivot.best_turns", **fields)]


def _turn(row) -> dict:
    fields = {name: (float(row[name]), row["unit"]) for name in ("now", "at")}
    names = {"lever": label("lever", row["lever"]), "offered": words(f"offered.{row['offered']}")}
    return fields | names | {"gain": (float(row["gain"]), "yuan")}


def change_rows(plan: ShopPlan) -> list[tuple[str, str, str]]:
    """Return what each programme does to the profit: label, change, profit with it, with a header."""
    head = tuple(words(f"column.{name}") for name in ("offered", "gain", "profit_with"))
    rows = plan.table[["offered", "gain", "profit"]].itertuples(index=False)
    return [
        head,
        *((words(f"offered.{name}"), *(number(yuan, "yuan") for yuan in pair)) for name, *pair in rows),
    ]


def unused_counts(plan: ShopPlan) -> list[str]:
    """Return how many lines were not used for which reason, as sentences."""
    counts = plan.reading.unused["reason"].value_counts()
    said = [
        words("page.unused_counts", reason=words(f"unused.{reason}"), n=(n, "lines")) for reason, n in counts.items()
    ]
    return said or [words("page.all_used")]


def break_evens(plan: ShopPlan) -> list[str]:
    """Return where each programme breaks even, as sentences."""
    finding = plan.table.attrs["finding"]
    pays = finding["discount_even"][0] > 0
    return [
        words("even.discount" if pays else "even.no_discount", **finding),
        words("even.again_own" if "retention" in plan.known else "even.again", **finding),
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
        (
            label("lever", f"assume.{n}"),
            levers[f"assume.{n}"].show(getattr(plan.assume, n)),
            words("page.from_orders") if n in plan.known else fact(n).reason,
        )
        for n in names
    ]


def unused_rows(plan: ShopPlan, most: int) -> list[tuple]:
    """Return the lines that were not used, with a header; where there are more than ``most``, a last row says so."""
    head = tuple(words(f"column.{name}") for name in ("file_line", "unused_reason", "unused_cell"))
    listed = plan.reading.unused
    rows = [(line, words(f"unused.{reason}"), cell) for line, reason, cell in listed.head(most).itertuples(index=False)]
    rest = len(listed) - len(rows)
    return [head, *rows, *([("…", words("page.more_lines", n=rest), "")] if rest else [])]
