"""What printable pages share: HTML with its pictures inside, no script, nothing from elsewhere."""

import html

from kit.display.catalogue import draw
from kit.display.render import svg
from kit.text import language, words

_STYLE = """
body { font: 15px/1.5 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif;
       max-width: 760px; margin: 2em auto; padding: 0 1em; color: #222; }
h1 { font-size: 22px; line-height: 1.35 } h2 { font-size: 17px; margin: 1.6em 0 .4em; border-bottom: 1px solid #ccc }
table { border-collapse: collapse; width: 100%; margin: .5em 0 } td, th { text-align: left; vertical-align: top;
       padding: 3px 10px 3px 0; border-bottom: 1px solid #eee } th { font-weight: 600 }
svg { max-width: 100%; height: auto } small, .foot { color: #555 } .two { columns: 2 }
figure { margin: .8em 0; break-inside: avoid } tr, li { break-inside: avoid }
@media print { body { margin: 0; font-size: 12px } h2 { break-after: avoid } }
"""


def framed(name: str, body: str) -> str:
    """Return a whole page of that name in the reader's language."""
    lang = {"en": "en", "zh": "zh-CN"}[language()]
    head = f'<meta charset="utf-8"><title>{html.escape(name)}</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="{lang}"><head>{head}</head><body>\n{body}</body></html>\n'


def part(name: str, *inside: str) -> str:
    """Return a part of a page beneath the heading ``page.<name>``."""
    return f"<h2>{html.escape(words(f'page.{name}'))}</h2>\n" + "\n".join(inside)


def text(sentence: str) -> str:
    """Return a paragraph of plain text."""
    return f"<p>{html.escape(sentence)}</p>"


def figure(name: str, table) -> str:
    """Return the course's chart of a table, with its description for screen readers."""
    whole = draw(name, table).whole()
    said = html.escape(whole["description"], quote=True)
    return f'<figure role="img" aria-label="{said}">{svg(whole, prefix=f"{name}-")}</figure>'


def rows_of(rows: list[tuple], head: bool = False) -> str:
    """Return rows of cells as a table; whatever they hold is written as plain text."""
    made = []
    for n, row in enumerate(rows):
        tag = "th" if head and n == 0 else "td"
        made.append("<tr>" + "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in row) + "</tr>")
    return f"<table>{''.join(made)}</table>"


def lines(of: list[str]) -> str:
    """Return lines as a list; nothing where there are none."""
    return "<ul>" + "".join(f"<li>{html.escape(line)}</li>" for line in of) + "</ul>" if of else ""
