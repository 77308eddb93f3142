"""The command line: the only place where everything is wired together."""

from drawbar.cli.commands import main

__all__ = ["main"]
