"""``renhuochang autumn``: the autumn of 2020 as announced, in print or as a page."""

from pathlib import Path

import click

from kit.cli.common import check_folder, language_option, named_policy, plainly
from kit.text import Refusal, words


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The page as .html: bands and charts; a minute.")
@click.option("--policy", "name", default="announced_autumn", show_default=True, help="A name or a .toml file.")
@language_option("the page")
def autumn(output: Path | None, name: str, lang: str | None):
    """Print the autumn as announced against August continued; with -o, write a page of it."""
    with plainly(lang):
        from kit.cli.autumn_page import save_autumn
        from kit.display.tables import numbers
        from kit.outcomes.policy_effects import full_effect
        from kit.parameters.sourced import assumptions

        if output:
            check_folder(output)
            if output.suffix.lower() != ".html":
                raise Refusal("unknown", what=words("what.file_kind"), name=output.suffix, names=[".html"])
        trial, assume = named_policy(name), assumptions()
        for what, amount in numbers(full_effect(trial, assume)):
            click.echo(words("simulate.line", name=what, amount=amount))
        if output:
            click.echo(words("autumn.saved", file=save_autumn(trial, assume, output)))
