"""The plan in the reader's words: rows of strings and sentences for every format in which it is saved."""

from kit.analysis.outcome import in_unit
from kit.outcomes.fan_xing import granted
from kit.parameters.sourced import fact
from kit.shop.plan import ShopPlan
from kit.text import label, number, under, words


def title(plan: ShopPlan) -> str:
    """Return the answer in one sentence."""
    finding = plan.table.attrs["finding"]
    return words("page.title" if finding["best_change"][0] > 0 else "page.title_none", **finding)


def standing_rows(plan: ShopPlan) -> list[tuple[str, str]]:
    """Return the shop's metrics: label and number."""
    reading = plan.reading
    counts = in_unit("lines", read=reading.read, used=len(reading.lines), listed=len(reading.unused))
    metrics = counts | plan.metrics.finding
    return [(words(f"finding.standing.{name}"), number(*metrics[name])) for name in under("finding.standing")]


def column_rows(plan: ShopPlan) -> list[tuple[str, str]]:
    """Return the role and the name of each column used."""
    return [(words(f"role_of.{role}"), name) for role, name in plan.reading.header.named().items()]


def notes(plan: ShopPlan) -> list[str]:
    """Return the decisions taken in reading and computing, as sentences."""
    sentences = [words(f"note.{code}", **fields) for code, fields in plan.reading.notes]
    metrics, day = plan.metrics.attrs["finding"], (plan.shop.entered, "")
    sentences.append(words("note.entered" if plan.entered == "stated" else "note.entered_assumed", day=day))
    if not granted(plan.policy, plan.shop, plan.assume)[2]:
        sentences.append(words("note.entered_outside"))
    if "retention" in plan.known:
        sentences.append(words("note.own_retention", n=number(metrics["watched"][0]), share=metrics["retention"]))
    return sentences


def pivot(plan: ShopPlan) -> list[str]:
    """Return the nearest tipping point, and the nearest one of the best programme, as sentences."""
    turns, best = plan.tipping_points(), plan.best()
    if turns.empty:
        return [words("pivot.none")]
    first = _turn(turns.iloc[0])
    sentences = [words(f"pivot.to_{turns['to'][0]}", **first)]
    if turns["offered"][0] == best or plan.table.attrs["finding"]["best_change"][0] <= 0:
        return sentences
    its = turns[turns["offered"] == best]
    fields = {"best": words(f"offered.{best}")} | ({} if its.empty else _turn(its.iloc[0]))
    return [*sentences, words("pivot.best_holds" if its.empty else "pivot.best_turns", **fields)]


def _turn(row) -> dict:
    fields = {name: (float(row[name]), row["unit"]) for name in ("now", "at")}
    names = {"lever": label("lever", row["lever"]), "offered": words(f"offered.{row['offered']}")}
    return fields | names | {"gain": (float(row["gain"]), "yuan")}


def change_rows(plan: ShopPlan) -> list[tuple[str, str, str]]:
    """Return each programme's effect on the profit: label, gain, profit with it, with a header."""
    head = tuple(words(f"column.{name}") for name in ("offered", "gain", "profit_with"))
    rows = plan.table[["offered", "gain", "profit"]].itertuples(index=False)
    return [head, *((words(f"offered.{name}"), *(number(yuan, "yuan") for yuan in pair)) for name, *pair in rows)]


def unused_counts(plan: ShopPlan) -> list[str]:
    """Return the number of lines not used by reason, as sentences."""
    counts = {words(f"unused.{code}"): (n, "lines") for code, n in plan.reading.unused["reason"].value_counts().items()}
    return [words("page.unused_counts", reason=reason, n=n) for reason, n in counts.items()] or [words("page.all_used")]


def break_evens(plan: ShopPlan) -> list[str]:
    """Return the break-even point of each programme, as sentences."""
    finding = plan.table.attrs["finding"]
    pays = finding["discount_even"][0] > 0
    return [
        words("even.discount" if pays else "even.no_discount", **finding),
        words("even.again_own" if "retention" in plan.known else "even.again", **finding),
        words("even.commission", **finding, commission=(plan.offer.commission, "share")),
        words("even.festival", **finding),
    ]


def turning_rows(plan: ShopPlan) -> list[tuple[str, ...]]:
    """Return the most influential assumption of each programme, with a header."""
    head = tuple(words(f"column.{name}") for name in ("offered", "gain", "turns_on", "low", "high", "flips"))
    rows = []
    for row in plan.sensitivity().to_dict("records"):
        yuan = [number(row[name], "yuan") for name in ("gain", "low", "high")]
        lever = label("lever", row["lever"])
        rows.append((words(f"offered.{row['offered']}"), yuan[0], lever, *yuan[1:], words(f"flips.{row['flips']}")))
    return [head, *rows]


def assumption_rows(plan: ShopPlan) -> list[tuple[str, str, str]]:
    """Return the assumptions of the plan: label, value, reason."""
    rows = []
    for name in plan.table.attrs["rests_on"]:
        key = f"assume.{name}"
        reason = words("page.from_orders") if name in plan.known else fact(name).reason
        rows.append((label("lever", key), plan.assume.levers()[key].show(getattr(plan.assume, name)), reason))
    return rows


def unused_rows(plan: ShopPlan, most: int) -> list[tuple]:
    """Return up to ``most`` lines that were not used, with a header and a last row for any others."""
    head = tuple(words(f"column.{name}") for name in ("file_line", "unused_reason", "unused_cell"))
    listed = plan.reading.unused
    rows = [(line, words(f"unused.{reason}"), cell) for line, reason, cell in listed.head(most).itertuples(index=False)]
    rest = len(listed) - len(rows)
    return [head, *rows, *([("…", words("page.more_lines", n=rest), "")] if rest else [])]
