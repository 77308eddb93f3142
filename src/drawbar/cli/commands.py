"""``drawbar``: every command by its name; each is loaded only when it is asked for."""

from collections.abc import Mapping
from importlib import import_module

import click

COMMANDS: Mapping[str, tuple[str, str, str]] = {
    # name: (module, command, what it says of itself in the list)
    "demo": ("demo", "demo", "See Drawbar at work: a small firm, its carriers, its ERP."),
    "up": ("up", "up", "Run Drawbar: pages, API and everything that works behind them."),
    "worker": ("up", "worker", "Run only what works: decide, deliver, read; no pages."),
    "init": ("init", "init", "Write an example company folder, every option explained."),
    "check": ("check", "check", "Look a company folder over: every mistake, and what mends it."),
    "plan": ("plan", "plan", "Say what a changed company folder would do, and do nothing."),
    "apply": ("apply", "apply", "Make a company folder the firm's newest version."),
    "replay": ("replay", "replay", "Decide again about a load or bill, as known on a day."),
    "trace": ("trace", "trace", "Tell the whole story of any reference, down to the bytes."),
    "rate": ("rate", "rate", "Show how a price comes about: every step, clause and version."),
    "message": ("message", "message", "List, show, edit and replay messages."),
    "case": ("case", "case", "List and close what needs a person."),
    "delivery": ("delivery", "delivery", "List deliveries, resolve stuck ones."),
    "lane": ("lane", "lane", "List lanes to other systems, hold them, let them go."),
    "partner": ("partner", "partner", "Describe a partner, try it out, look at its numbers."),
    "import": ("import_wired", "import_file", "Take in a file of orders, or of past deliveries."),
    "audit": ("audit", "audit", "Audit a folder of freight bills; no server, no database."),
    "edi": ("edi", "edi", "Look at EDI files, judge, convert and answer them."),
    "payment": ("payment", "payment", "Propose, approve, release and follow payment runs."),
    "period": ("period", "period", "Look at the months of the books, close one."),
    "keys": ("keys", "keys", "Make, list and revoke API keys."),
    "world": ("world", "world", "Play a simulated world to its end, or score one."),
    "doctor": ("doctor", "doctor", "Check this machine, the database and the company folder."),
}


class Commands(click.Group):
    """A group whose commands are imported when they run, so that ``--help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loaded now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command = getattr(import_module(f"drawbar.cli.{module}"), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, _, says) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="drawbar")
def main() -> None:
    """From a released order to a paid freight bill, with every number explained."""
