"""The plan as an Excel workbook: inputs on one sheet, live formulas on another; cells of the file stay text."""

import math
import re
from pathlib import Path

from kit.display.files import written
from kit.outcomes.fan_xing import granted
from kit.policies.programmes.fan_xing import credit_venue
from kit.shop.plan import ShopPlan
from kit.shop.plan_text import break_evens, notes, pivot, standing_rows, title, turning_rows, unused_rows
from kit.text import display_width, is_formula, label, words

NEWTON = 40  # steps to the break-even discount: from the right of a convex function they converge

_SHOP = ("daily_sales", "price", "margin", "return_rate", "days")
_OFFER = ("discount", "deals", "deal_price", "commission", "leader_fee", "promoted", "infra_marginal_share")
_PLAN = ("fan_xing.credit", "fan_xing.fee", "fan_xing.cap", "festival.lift")


def inputs(plan: ShopPlan) -> list[tuple[str, str, float, str]]:
    """Return the input cells: name of the cell, lever (its label's key), value, unit."""
    cells = [(f"s_{name}", f"shop.{name}", getattr(plan.shop, name)) for name in _SHOP]
    cells += [(f"o_{name}", f"offer.{name}", getattr(plan.offer, name)) for name in _OFFER]
    cells += [(f"p_{name.partition('.')[2]}", name, plan.policy[name]) for name in _PLAN]
    formulas = " ".join(formula for _, formula, _ in results())
    assumed = [name for name in plan.table.attrs["rests_on"] if f"a_{name}" in formulas]
    cells += [(f"a_{name}", f"assume.{name}", getattr(plan.assume, name)) for name in assumed]
    known = {**plan.shop.levers(), **plan.offer.levers(), **plan.policy.levers(), **plan.assume.levers()}
    return [(cell, key, amount, known[key].unit) for cell, key, amount in cells]


def constants(plan: ShopPlan) -> list[tuple[str, float]]:
    """Return the constants of the formulas: whether the shop is in the plan, its hours, the price of exposure."""
    fan_xing, _, inside, hours = granted(plan.policy, plan.shop, plan.assume)
    festival = plan.policy.programme("festival")
    return [
        ("c_in_plan", float(inside)),
        ("c_hours", hours),
        ("c_price_ratio", credit_venue(fan_xing, plan.assume).price_ratio),
        ("c_festival_days", float((festival.end - festival.start).days + 1)),
    ]


# Name of the cell, unit ("-": a step), formula; in the order of computation. {fee} and others: see results().
_FORMULAS = """
r_settled yuan s_daily_sales*(1-s_return_rate)*s_days
r_keep share s_margin-s_return_rate/(1-s_return_rate)*a_return_cost/s_price
r_left share r_keep-{fee}
r_before yuan r_settled*r_left
r_won yuan c_in_plan*p_credit*a_views_per_yuan/c_price_ratio*a_entry_rate*a_viewer_conversion*(1-s_return_rate)*s_price
r_added yuan r_won+r_settled*a_coaching_lift*(1-2^(-c_hours/a_coaching_half))
r_fee yuan IF(c_in_plan=1,p_fee*MIN({total},p_cap)+{fee}*MAX({total}-p_cap,0),{fee}*{total})
r_fee_whole yuan IF(c_in_plan=1,IF({total}<=p_cap,p_fee,{fee}),{fee})*{total}
r_fan_xing yuan {fee}*r_settled+r_added*r_keep-r_fee
r_fan_xing_whole yuan {fee}*r_settled+r_added*r_keep-r_fee_whole
r_coupon yuan r_settled*EXP(a_price_elasticity*o_discount)*(r_left-o_discount*(1-{fee}))-r_before
r_deal_cost yuan s_price*(1-s_margin)-o_deal_price*(1-{fee})
r_gain yuan s_price*r_left*(1-s_return_rate)
r_newcomer yuan o_deals*((1-a_sybil_share)*r_gain*a_retention/(1+a_monthly_discount-a_retention)-r_deal_cost)
r_lifted share MIN({h}*EXP(p_lift),1-{lost})
r_level share ({h}+{lost})/(r_lifted+{lost})
r_gone share 1-(1-r_lifted-{lost})^{days}
r_gross days (r_lifted*({days}*r_level+(1-r_level)*r_gone/(r_lifted+{lost}))-{h}*{days})/{h}
r_net days r_gross-(1-r_level)*r_gone*(1-(1-{h}-{lost})^(MAX(s_days,{days})-{days}))/({h}+{lost})
r_festival yuan ((1-a_impulse_share)*r_net+a_impulse_share*{days}*(EXP(p_lift)-1))*r_before/s_days
r_commission_even share MAX(r_keep-o_leader_fee-o_infra_marginal_share*r_left,0)
r_alliance yuan r_settled*o_promoted*(r_keep-o_leader_fee-o_infra_marginal_share*r_left-o_commission)
r_again orders IF(r_gain>0,MAX(r_deal_cost/((1-a_sybil_share)*r_gain),0),-1)
r_discount_best share MAX(r_left/(1-{fee})-1/a_price_elasticity,0)
r_d0 - MAX(r_left/(1-{fee}),0.000001)
"""


def results() -> list[tuple[str, str, str]]:
    """Return the formulas in the order of computation: name of the cell, formula, unit ("": a step)."""
    short = {"fee": "a_standard_fee", "total": "(r_settled+r_added)", "days": "c_festival_days"}
    rows = _FORMULAS.format(**short, h="a_need_hazard", lost="a_leak").split()
    steps = [(name, formula, unit.strip("-")) for name, unit, formula in zip(*[iter(rows)] * 3, strict=True)]
    fall = f"(1-{short['fee']})"
    for n in range(NEWTON):
        back = f"EXP(-a_price_elasticity*r_d{n})"
        step = f"({fall}*r_d{n}-r_left*(1-{back}))/({fall}-r_left*a_price_elasticity*{back})"
        steps.append((f"r_d{n + 1}", f"IF(r_discount_best>0,r_d{n}-{step},0)", ""))
    return [*steps, ("r_discount_even", f"r_d{NEWTON}", "share")]


_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORMATS = {"yuan": "#,##0.00", "share": "0.0%", "orders": "#,##0.0", "days": "#,##0.0"}
_OTHER = "#,##0.00##"
_MOST = 1_000_000  # lines that a sheet can hold below its header
_LINE = 16.0  # the height of a line, in points
_WIDTHS = {
    "plan": (46, 22, 22),
    "inputs": (46, 18, 16),
    "standing": (56, 34),
    "turning": (30, 18, 28, 22, 22, 22),
    "steps": (30, 22),
    "unused": (16, 44, 44),
}


def save_workbook(plan: ShopPlan, path: Path) -> Path:
    """Write the plan as .xlsx in the reader's language and return the path."""
    import openpyxl

    book = openpyxl.Workbook()
    order = ("plan", "inputs", "standing", "turning", "unused", "steps")
    sheets = {name: book.create_sheet(words(f"sheet.{name}")) for name in order}
    book.remove(book.worksheets[0])
    for name, sheet in sheets.items():
        _set_up(sheet, _WIDTHS[name])
    _inputs(book, sheets["inputs"], plan)
    _plan(book, sheets["plan"], sheets["steps"], plan)
    _table(sheets["standing"], [(words("page.standing"), ""), *standing_rows(plan)])
    for note in notes(plan):
        _sentence(sheets["standing"], sheets["standing"].max_row + 1, note)
    _table(sheets["turning"], turning_rows(plan))
    _table(sheets["unused"], unused_rows(plan, _MOST))
    for sheet in book.worksheets:
        _head(sheet, 1)
    _head(sheets["plan"], 2)
    book.calculation.fullCalcOnLoad = True
    return written(path, book.save)


def _set_up(sheet, widths: tuple[int, ...]) -> None:
    """Set the column widths of a sheet, and print all columns on one page."""
    for column, width in zip("ABCDEF", widths, strict=False):
        sheet.column_dimensions[column].width = width
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 9, 1, 0
    sheet.page_setup.orientation = "landscape" if sum(widths) > 110 else "portrait"


def _head(sheet, line: int) -> None:
    from openpyxl.styles import Font

    for cell in sheet[line]:
        cell.font = Font(bold=True)


def _sentence(sheet, line: int, text: str) -> None:
    """Write a sentence over all columns of a sheet, in as many lines as it needs."""
    from openpyxl.styles import Alignment

    put(sheet.cell(line, 1), text)
    widths = [dimension.width for dimension in sheet.column_dimensions.values()]
    sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=len(widths))
    sheet.cell(line, 1).alignment = Alignment(wrap_text=True, vertical="top")
    # Not every program adapts the height of merged cells.
    sheet.row_dimensions[line].height = _LINE * _lines(text, sum(widths))


def put(cell, value: object) -> None:
    """Put a value into a cell; text stays text, even if it looks like a formula."""
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub("\ufffd", value)[:32_000]
        # With the quote prefix it stays text also when it is edited.
        cell.data_type = "s"
        cell.quotePrefix = is_formula(value)
    else:
        cell.value = value


def _table(sheet, rows: list[tuple]) -> None:
    for line, row in enumerate(rows, start=1):
        _table_row(sheet, line, row)


def _table_row(sheet, line: int, row: tuple) -> None:
    from openpyxl.styles import Alignment

    lines = 1
    for column, value in enumerate(row, start=1):
        cell, words_in_it = sheet.cell(line, column), isinstance(value, str)
        put(cell, value)
        side = "left" if words_in_it or column == 1 else None
        cell.alignment = Alignment(
            wrap_text=words_in_it, vertical="top", horizontal=side, indent=int(words_in_it and column > 1)
        )
        if words_in_it:
            lines = max(lines, _lines(value, sheet.column_dimensions["ABCDEF"[column - 1]].width))
    if lines > 1:
        sheet.row_dimensions[line].height = _LINE * lines


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a width."""
    return math.ceil(display_width(text) / width)


def _inputs(book, sheet, plan: ShopPlan) -> None:
    from openpyxl.styles import PatternFill

    shade = PatternFill("solid", fgColor="FFF2CC")
    _table(sheet, [(words("page.inputs"), words("column.value"), words("column.unit"))])
    line = 2
    for name, lever, value, unit in inputs(plan):
        _table_row(sheet, line, (label("lever", lever), value, label("unit", unit)))
        sheet.cell(line, 2).fill = shade
        sheet.cell(line, 2).number_format = _FORMATS.get(unit, _OTHER)
        _name(book, sheet, name, line)
        line += 1
    _table_row(sheet, line + 1, (words("page.constants"),))
    for below, (name, value) in enumerate(constants(plan), start=line + 2):
        _table_row(sheet, below, (words(f"cell.{name}"), value))
        sheet.cell(below, 2).number_format = _OTHER
        _name(book, sheet, name, below)


def _plan(book, sheet, steps, plan: ShopPlan) -> None:
    """Results with live formulas and the values as saved; intermediate steps have a sheet of their own."""
    finding = plan.table.attrs["finding"]
    shown = {f"r_{name}": name for name in finding}
    _sentence(sheet, 1, title(plan))
    _table_row(sheet, 2, ("", words("page.live"), words("page.as_saved")))
    _table_row(steps, 1, (words("page.step"), words("column.value")))
    line, working = 3, 2
    for name, formula, unit in results():
        if name in shown:
            place, at, line = sheet, line, line + 1
            put(sheet.cell(at, 1), words(f"finding.offers.{shown[name]}"))
            sheet.cell(at, 3).value = finding[shown[name]][0]
            sheet.cell(at, 3).number_format = _FORMATS.get(unit, _OTHER)
        else:
            place, at, working = steps, working, working + 1
            put(steps.cell(at, 1), name.removeprefix("r_"))
        place.cell(at, 2).value = f"={formula}"
        place.cell(at, 2).number_format = _FORMATS.get(unit, "0.000000")
        _name(book, place, name, at)
    for text in (*pivot(plan), words("page.how_to"), *break_evens(plan)):
        line += 1
        _sentence(sheet, line, text)


def _name(book, sheet, name: str, line: int) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!$B${line}")
