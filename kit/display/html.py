"""HTML from the templates of this folder: no script, pictures inside, nothing from elsewhere."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kit.display.catalogue import draw
from kit.display.render import svg
from kit.text import language, words


@cache
def _environment() -> Environment:
    templates, trimmed = PackageLoader("kit.display"), {"trim_blocks": True, "lstrip_blocks": True}
    made = Environment(loader=templates, autoescape=True, undefined=StrictUndefined, **trimmed)
    made.globals |= {"words": words, "figure": figure, "lang": lambda: {"en": "en", "zh": "zh-CN"}[language()]}
    return made


def fill(template: str, **fields) -> Markup:
    """Return a template of kit/display/templates, filled in; whatever the fields hold is written as plain text.

    >>> fill("unfolding.html", title="1 < 2", lines=["<b>"])
    Markup('<details><summary>1 &lt; 2</summary><ul><li>&lt;b&gt;</li></ul></details>')
    """
    return Markup(_environment().get_template(template).render(**fields))


def figure(name: str, table) -> Markup:
    """Return the course's chart of a table as SVG, with its description for screen readers."""
    whole = draw(name, table).whole()
    picture = Markup(svg(whole, prefix=f"{name}-"))
    return Markup('<figure role="img" aria-label="{}">{}</figure>').format(whole["description"], picture)
