"""``python -m kit`` is ``renhuochang``."""

from kit.cli import main

main(prog_name="renhuochang")
