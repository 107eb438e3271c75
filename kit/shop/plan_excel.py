"""The plan as an Excel workbook: inputs on one sheet, live formulas on another; cells of the file stay text."""

import math
import re
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from kit.display.files import written
from kit.outcomes.fan_xing import granted
from kit.parameters.levers import levers_of, values_of
from kit.policies.programmes.fan_xing import credit_venue
from kit.shop.plan import ShopPlan
from kit.shop.plan_text import break_evens, notes, pivot, standing_rows, title, turning_rows, unused_rows
from kit.text import display_width, is_formula, label, words

NEWTON = 40  # steps to the break-even discount: from the right of a convex function they converge

# The levers that the formulas use besides assumptions, and the first letter of a group's cells.
_LEVERS = (
    *("shop.daily_sales", "shop.price", "shop.margin", "shop.return_rate", "shop.days"),
    *("offer.discount", "offer.deals", "offer.deal_price", "offer.commission", "offer.leader_fee", "offer.promoted"),
    *("offer.infra_marginal_share", "fan_xing.credit", "fan_xing.fee", "fan_xing.cap", "festival.lift"),
)
_LETTERS = {"shop": "s", "offer": "o", "assume": "a", "fan_xing": "p", "festival": "p"}


def inputs(plan: ShopPlan) -> list[tuple[str, str, float, str]]:
    """Return the input cells: name of the cell, lever (its label's key), value, unit."""
    known, values = levers_of(plan.subjects), values_of(plan.subjects)
    formulas = " ".join(formula for _, formula, _ in results())
    assumed = [f"assume.{name}" for name in plan.table.attrs["rests_on"] if f"a_{name}" in formulas]
    cells = []
    for lever in (*_LEVERS, *assumed):
        group, _, name = lever.partition(".")
        cells.append((f"{_LETTERS[group]}_{name}", lever, values[lever], known[lever].unit))
    return cells


def constants(plan: ShopPlan) -> dict[str, float]:
    """Return the constants of the formulas: whether the shop is in the plan, its hours, the price of exposure."""
    fan_xing, _, inside, hours = granted(plan.policy, plan.shop, plan.assume)
    festival = plan.policy.programme("festival")
    return {
        "c_in_plan": float(inside),
        "c_hours": hours,
        "c_price_ratio": credit_venue(fan_xing, plan.assume).price_ratio,
        "c_festival_days": float((festival.end - festival.start).days + 1),
    }


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
# The sheets in their order, with the widths of their columns.
_WIDTHS = {
    "plan": (46, 22, 22),
    "inputs": (46, 18, 16),
    "standing": (56, 34),
    "turning": (30, 18, 28, 22, 22, 22),
    "unused": (16, 44, 44),
    "steps": (30, 22),
}


def save_workbook(plan: ShopPlan, path: Path) -> Path:
    """Write the plan as .xlsx in the reader's language and return the path."""
    book = Workbook()
    book.remove(book.active)
    sheets = {name: _sheet(book, name) for name in _WIDTHS}
    _inputs(sheets["inputs"], plan)
    _results(sheets["plan"], sheets["steps"], plan)
    tables: dict[str, list] = {"standing": [(words("page.standing"), ""), *standing_rows(plan)]}
    tables |= {"turning": turning_rows(plan), "unused": unused_rows(plan, _MOST)}
    for name, rows in tables.items():
        for row in rows:
            _row(sheets[name], *row)
    for note in notes(plan):
        _sentence(sheets["standing"], note)
    for cell in (*(cell for sheet in book for cell in sheet[1]), *sheets["plan"][2]):
        cell.font = Font(bold=True)
    book.calculation.fullCalcOnLoad = True
    return written(path, book.save)


def _sheet(book: Workbook, name: str):
    """Add a sheet with its column widths, whose columns are printed on one page."""
    sheet, widths = book.create_sheet(words(f"sheet.{name}")), _WIDTHS[name]
    for column, width in zip("ABCDEF", widths, strict=False):
        sheet.column_dimensions[column].width = width
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 9, 1, 0
    sheet.page_setup.orientation = "landscape" if sum(widths) > 110 else "portrait"
    return sheet


def put(cell: Cell, value: object) -> Cell:
    """Put a value into a cell and return the cell; text stays text, even if it looks like a formula."""
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub("\ufffd", value)[:32_000]
        # With the quote prefix it stays text also when it is edited.
        cell.data_type = "s"
        cell.quotePrefix = is_formula(value)
    else:
        cell.value = value
    return cell


def _append(sheet, *values) -> list[Cell]:
    cells = [put(Cell(sheet, row=1, column=1), value) for value in values]
    sheet.append(cells)
    return cells


def _row(sheet, *values) -> list[Cell]:
    """Append a row of text and numbers, as high as its texts need, and return its cells."""
    cells, lines = _append(sheet, *values), 1
    for cell in cells:
        text = isinstance(cell.value, str)
        side = "left" if text or cell.column == 1 else None
        indent = int(text and cell.column > 1)
        cell.alignment = Alignment(wrap_text=text, vertical="top", horizontal=side, indent=indent)
        if text:
            width = sheet.column_dimensions[cell.column_letter].width
            lines = max(lines, math.ceil(display_width(cell.value) / width))
    if lines > 1:
        sheet.row_dimensions[cells[0].row].height = _LINE * lines
    return cells


def _sentence(sheet, text: str) -> None:
    """Append a sentence over all columns of a sheet, in as many lines as it needs."""
    (cell,) = _append(sheet, text)
    widths = [dimension.width for dimension in sheet.column_dimensions.values()]
    sheet.merge_cells(start_row=cell.row, start_column=1, end_row=cell.row, end_column=len(widths))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    # Not every program adapts the height of merged cells.
    sheet.row_dimensions[cell.row].height = _LINE * math.ceil(display_width(text) / sum(widths))


def _name(cell: Cell, name: str, number_format: str) -> None:
    """Name a cell for the formulas, and say how its number is shown."""
    cell.number_format = number_format
    place = f"'{cell.parent.title}'!$B${cell.row}"
    cell.parent.parent.defined_names[name] = DefinedName(name, attr_text=place)


def _inputs(sheet, plan: ShopPlan) -> None:
    _row(sheet, words("page.inputs"), words("column.value"), words("column.unit"))
    for name, lever, value, unit in inputs(plan):
        _, cell, _ = _row(sheet, label("lever", lever), value, label("unit", unit))
        cell.fill = PatternFill("solid", fgColor="FFF2CC")
        _name(cell, name, _FORMATS.get(unit, _OTHER))
    sheet.append([])
    _row(sheet, words("page.constants"))
    for name, value in constants(plan).items():
        _, cell = _row(sheet, words(f"cell.{name}"), value)
        _name(cell, name, _OTHER)


def _results(sheet, steps, plan: ShopPlan) -> None:
    """Results with live formulas and the values as saved; intermediate steps have a sheet of their own."""
    _sentence(sheet, title(plan))
    _row(sheet, "", words("page.live"), words("page.as_saved"))
    _row(steps, words("page.step"), words("column.value"))
    for name, formula, unit in results():
        result = name.removeprefix("r_")
        if result in plan.table.finding:
            _, live, saved = _append(sheet, words(f"finding.offers.{result}"), None, plan.table.finding[result][0])
            saved.number_format = _FORMATS.get(unit, _OTHER)
        else:
            _, live = _append(steps, result, None)
        live.value = f"={formula}"
        _name(live, name, _FORMATS.get(unit, "0.000000"))
    sheet.append([])
    for text in (*pivot(plan), words("page.how_to"), *break_evens(plan)):
        _sentence(sheet, text)
