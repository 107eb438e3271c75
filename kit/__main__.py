"""``python -m kit`` is ``renhuochang``."""

from kit.cli.main import main

if __name__ == "__main__":
    main(prog_name="renhuochang")
