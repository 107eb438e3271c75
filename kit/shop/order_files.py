"""Files of orders as rows of cells with their line numbers: CSV in any usual encoding, Excel, either in a zip."""

import codecs
import csv
import io
import itertools
import zipfile
from collections.abc import Iterator
from pathlib import Path

from kit.text import Refusal

Row = tuple[int, list[str]]  # the line where it begins, and its cells
DELIMITERS = ",\t;|"
LONGEST = 20  # lines in one cell: with more a quotation mark was left open
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_PIECE = 1 << 20  # bytes read at a time
_NEVER = bytes(range(9))  # bytes that never occur in a text table
_END = "\x00end of the file\x00"


def sheets(file: Path | str | bytes) -> "list[Sheet]":
    """Return the tables of a file (a path, or its content): one of a text, each sheet of a workbook.

    Raises Refusal for a file without a table: an old workbook, a web page, a picture, an empty or unreadable file.
    """
    try:
        raw = file if isinstance(file, bytes) else Path(file).read_bytes()
    except OSError as error:
        raise Refusal("orders_no_file", why=error.strerror or str(error)) from None
    if raw[:4] == b"PK\x03\x04":
        return _packed(raw)
    if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refusal("orders_old_excel")
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise Refusal("orders_web_page")
    return [_Text(raw)]


def _packed(raw: bytes) -> "list[Sheet]":
    """The sheets of an .xlsx workbook, or of the only table in a zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            names = packed.namelist()
            tables = [name for name in names if name.lower().endswith((".csv", ".txt", ".tsv", ".xlsx"))]
            if "[Content_Types].xml" not in names:
                if len(tables) != 1:
                    raise Refusal("orders_zip", n=len(tables))
                return sheets(packed.read(tables[0]))
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        if not book.worksheets:
            raise Refusal("orders_empty")
        return [_Page(sheet) for sheet in book.worksheets]
    except Refusal:
        raise
    except Exception:  # a broken archive or workbook can raise anything
        raise Refusal("orders_broken") from None


class _Page:
    """One sheet of a workbook."""

    def __init__(self, sheet):
        self.sheet, self.name = sheet, sheet.title

    def rows(self) -> Iterator[Row]:
        self.sheet.reset_dimensions()  # the size stated in a file is often wrong
        try:
            for line, row in enumerate(self.sheet.iter_rows(values_only=True), start=1):
                yield line, [_cell(value) for value in row]
        except Exception:
            raise Refusal("orders_broken") from None


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value)


def _encoding(raw: bytes) -> tuple[str, str]:
    """The encoding and error handler of a file: by its byte order mark, else UTF-8 or GB18030, as it fits."""
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            return encoding, "replace"
    # A picture or a program may decode by chance, but contains these bytes.
    pieces = (raw[start : start + _PIECE] for start in range(0, len(raw), _PIECE))
    if sum(len(piece) - len(piece.translate(None, _NEVER)) for piece in pieces) > len(raw) // 1000:
        raise Refusal("orders_not_text")
    for errors in ("strict", "replace"):  # GB18030 includes GBK and GB2312; a large file may hold a few invalid bytes
        for encoding in ("utf-8", "gb18030"):
            invalid = _invalid(raw, encoding, errors)
            if invalid is not None and invalid <= len(raw) // 1000:
                return encoding, errors
    raise Refusal("orders_not_text")


def _invalid(raw: bytes, encoding: str, errors: str) -> int | None:
    """The number of bytes that cannot be decoded; None for any under "strict"."""
    decoder, found = codecs.getincrementaldecoder(encoding)(errors), 0
    try:
        for start in range(0, len(raw), _PIECE):
            piece = decoder.decode(raw[start : start + _PIECE], start + _PIECE >= len(raw))
            found += piece.count("\ufffd") if errors == "replace" else 0
    except UnicodeDecodeError:
        return None
    return found


def _delimiter(lines: list[str]) -> str:
    """The delimiter that splits the first lines most evenly into most cells."""

    def fit(mark: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=mark)]
        several = [width for width in widths if width > 1]
        usual = max(set(several), key=lambda width: (several.count(width), width), default=1)
        return several.count(usual), usual

    return max(DELIMITERS, key=fit)


class _Text:
    """A text decoded while it is read, so that a large file is never in memory twice."""

    name = ""

    def __init__(self, raw: bytes):
        self.raw = raw
        self.encoding, self.errors = _encoding(raw)
        first = [line for line in itertools.islice(self.lines(), 100) if line.strip("\ufeff \t\n\x00")][:30]
        if not first:
            raise Refusal("orders_empty")
        self.delimiter = _delimiter(first)

    def lines(self) -> Iterator[str]:
        return io.TextIOWrapper(io.BytesIO(self.raw), self.encoding, self.errors, newline=None)

    def rows(self) -> Iterator[Row]:
        return self._line_by_line() if self._quotes_left_open() else self._records()

    def _records(self, end: str = "") -> Iterator[Row]:
        lines = itertools.chain(self.lines(), ["\n", end] if end else [])
        reader = csv.reader(lines, delimiter=self.delimiter, skipinitialspace=True)
        before = 0
        for row in reader:
            yield before + 1, row
            before = reader.line_num

    def _quotes_left_open(self) -> bool:
        """Whether a quotation mark swallows the rows after it: then quotes are ignored in this file."""
        if b'"' not in self.raw:
            return False
        usual, last, line = 0, [], 0
        try:
            for begun, row in self._records(_END):
                # A row over many lines, or over a few with the cells of another row, is no row.
                if begun - line > 1 and (begun - line > LONGEST or (usual and self._swallows(last, usual))):
                    return True
                usual = usual or (len(row) if len(row) > 1 else 0)
                last, line = row, begun
        except csv.Error:
            return True
        return last != [_END]

    def _swallows(self, row: list[str], usual: int) -> bool:
        return len(row) != usual or any("\n" in cell and cell.count(self.delimiter) >= usual - 1 for cell in row)

    def _line_by_line(self) -> Iterator[Row]:
        for number, line in enumerate(self.lines(), start=1):
            cells = line.rstrip("\n").split(self.delimiter)
            yield number, [cell.strip().strip('"') for cell in cells]


Sheet = _Page | _Text  # ``rows()`` yields all rows from the top, blank ones too
