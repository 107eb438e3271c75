"""What commands share: the reader's language, errors in one line, policies by name or file."""

import locale
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kit.text import LANGUAGES, Refusal, language, words


def system_language() -> str:
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"


def language_option(of: str):
    """Return the option ``--lang``; ``of`` says what is written in that language."""
    return click.option("--lang", type=click.Choice(LANGUAGES), help=f"Language of {of}; else your system's.")


@contextmanager
def plainly(lang: str | None, of: str = "") -> Iterator[None]:
    """Use the reader's language, and report an error in one line (``of``: the file that it is about)."""
    language(lang or system_language())
    try:
        yield
    except (Refusal, OSError) as error:
        click.echo(f"{of}: {error}" if of else f"{error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo(words("precision.nothing"), err=True)
        sys.exit(130)


@contextmanager
def requiring(extra: str) -> Iterator[None]:
    """Report a missing package with the extra of pyproject.toml that installs it."""
    try:
        yield
    except ModuleNotFoundError as missing:
        raise click.ClickException(words("command.missing", package=missing.name, extra=extra)) from None


def named_policy(name: str):
    """Return a policy that ships with the kit, or one from a file."""
    from kit.policies.policy import load, policy

    return load(name) if name.endswith(".toml") else policy(name)


def check_folder(out: Path) -> None:
    """Refuse a file that cannot be written because its folder does not exist."""
    if not out.parent.is_dir():
        raise Refusal("file", file=out, why=words("simulate.no_folder", folder=out.parent))
