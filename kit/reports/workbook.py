"""The plan as an Excel workbook: own numbers on one sheet, live formulas on another; nothing of a file becomes live."""

import re
from pathlib import Path

from kit.reports.formulas_of_plan import constants, inputs, results
from kit.reports.saving import written
from kit.reports.shop_plan import ShopPlan
from kit.reports.words_of_plan import break_evens, notes, standing_rows, title, turning_rows, unused_rows
from kit.text import label, words

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORMATS = {"yuan": "#,##0", "share": "0.0%", "orders": "#,##0.0", "days": "#,##0.0"}
_MOST = 1_000_000  # lines that a sheet holds beside its header


def save_workbook(plan: ShopPlan, path: Path) -> Path:
    """Write the plan as .xlsx in the reader's language and return the path; a failure leaves no half of a file."""
    import openpyxl
    from openpyxl.styles import Font, PatternFill

    book = openpyxl.Workbook()
    bold, shade = Font(bold=True), PatternFill("solid", fgColor="FFF2CC")
    sheets = {
        name: book.create_sheet(words(f"sheet.{name}")) for name in ("plan", "inputs", "standing", "turning", "unused")
    }
    book.remove(book.worksheets[0])
    _inputs(book, sheets["inputs"], plan, shade)
    _plan(book, sheets["plan"], plan)
    _table(
        sheets["standing"], [(words("page.standing"), ""), *standing_rows(plan), *((note, "") for note in notes(plan))]
    )
    _table(sheets["turning"], turning_rows(plan))
    _table(sheets["unused"], unused_rows(plan, _MOST))
    for sheet in book.worksheets:
        for cell in sheet[1]:
            cell.font = bold
        for column, width in zip("ABCDEF", (46, 22, 22, 22, 22, 16), strict=True):
            sheet.column_dimensions[column].width = width
    book.calculation.fullCalcOnLoad = True
    return written(path, book.save)


def put(cell, value: object) -> None:
    """Put a value into a cell; words stay words, whatever they begin with."""
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub("\ufffd", value)[:32_000]
        # A cell of a merchant's file may hold a formula: here it is text, also when it is edited.
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@", "\t", "\r")
    else:
        cell.value = value


def _table(sheet, rows: list[tuple]) -> None:
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            put(sheet.cell(line, column), value)


def _inputs(book, sheet, plan: ShopPlan, shade) -> None:
    _table(sheet, [(words("page.inputs"), words("column.value"), words("column.unit"))])
    line = 2
    for name, lever, value, unit in inputs(plan):
        _table_row(sheet, line, (label("lever", lever), value, label("unit", unit)))
        sheet.cell(line, 2).fill = shade
        sheet.cell(line, 2).number_format = "0.0%" if unit == "share" else "General"
        _name(book, sheet, name, line)
        line += 1
    _table_row(sheet, line + 1, (words("page.constants"),))
    for below, (name, value) in enumerate(constants(plan), start=line + 2):
        _table_row(sheet, below, (words(f"cell.{name}"), value))
        _name(book, sheet, name, below)


def _plan(book, sheet, plan: ShopPlan) -> None:
    """What was found, with a formula beside each number that follows the inputs."""
    finding = plan.table.attrs["finding"]
    shown = {f"r_{name}": name for name in finding}
    _table(sheet, [(title(plan), words("page.live"), words("page.as_saved"))])
    line, working = 2, 60
    for name, formula, unit in results():
        if name in shown:
            at, line = line, line + 1
            key = shown[name]
            put(sheet.cell(at, 1), words(f"finding.offers.{key}"))
            sheet.cell(at, 3).value = finding[key][0]
        else:
            at, working = working, working + 1
            put(sheet.cell(at, 1), words("page.step"))
        sheet.cell(at, 2).value = f"={formula}"
        for column in (2, 3):
            sheet.cell(at, column).number_format = _FORMATS.get(unit, "0.000000")
        _name(book, sheet, name, at)
    for text in (words("page.how_to"), *break_evens(plan)):
        line += 1
        put(sheet.cell(line, 1), text)


def _table_row(sheet, line: int, row: tuple) -> None:
    for column, value in enumerate(row, start=1):
        put(sheet.cell(line, column), value)


def _name(book, sheet, name: str, line: int) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!$B${line}")
