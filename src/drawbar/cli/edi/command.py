"""``drawbar edi``: look at EDI files, judge them, write them again, convert and answer them.

It reads files and writes files: no server, no database, no company folder.
"""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from drawbar.cli.options import F, json_option, say

if TYPE_CHECKING:
    from drawbar.cli.edi.weighing import Strictness

files_argument = click.argument("files", metavar="[FILES]...", nargs=-1)
charset_option = click.option(
    "--charset",
    type=click.Choice(["latin-1", "utf-8", "cp1252", "ascii"]),
    default=None,
    help="What the bytes are; else what the file declares, latin-1 for X12.",
)


output_option = click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write into this file instead of stdout.",
)
strictness_options = (
    click.option("--strict", "measure", flag_value="strict", help="Warnings refuse too."),
    click.option(
        "--lenient", "measure", flag_value="lenient", help="Only what is unreadable refuses."
    ),
    click.option("--reject", metavar="CODE", multiple=True, help="This finding refuses."),
    click.option("--warn", metavar="CODE", multiple=True, help="This finding is a warning."),
    click.option("--accept", metavar="CODE", multiple=True, help="This finding is harmless."),
)


def strictness_of(command: F) -> F:
    """Add the options that say how strict to be."""
    for option in reversed(strictness_options):
        command = option(command)
    return command


@click.group("edi")
def edi() -> None:
    """Look at EDI files, judge, convert and answer them; X12 and EDIFACT."""


@edi.command(
    "inspect",
    short_help="Show files segment by segment.",
    epilog="- reads standard input, and so does no file at all.",
)
@files_argument
@click.option("--all", "every", is_flag=True, help="Every segment, however many there are.")
@click.option("--set", "only_set", metavar="NUMBER", default="", help="Only sets of this number.")
@click.option("--findings", is_flag=True, help="Only segments in which something was found.")
@charset_option
@json_option
def inspect_files(
    files: tuple[str, ...],
    every: bool,
    only_set: str,
    findings: bool,
    charset: str | None,
    as_json: bool,
) -> None:
    """Show FILES segment by segment, with what each says and what is wrong with it."""
    from drawbar.cli.edi.inspecting import list_files, show_files  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.edi.view import Wish  # noqa: PLC0415

    if as_json:
        sys.exit(list_files(files, charset or ""))
    wish = Wish(every=every, only_set=only_set, findings_only=findings)
    sys.exit(show_files(files, charset or "", wish))


@edi.command("validate", short_help="Say whether files are accepted, and what was found.")
@files_argument
@strictness_of
@click.option("--all", "every", is_flag=True, help="Every finding, however many there are.")
@charset_option
@json_option
def validate_files(
    files: tuple[str, ...],
    measure: str | None,
    reject: tuple[str, ...],
    warn: tuple[str, ...],
    accept: tuple[str, ...],
    every: bool,
    charset: str | None,
    as_json: bool,
) -> None:
    """Say whether FILES are accepted at the chosen strictness, with a table of findings.

    Exits 0 when all is accepted, 4 when something is refused.
    """
    strict = _strictness(measure, reject, warn, accept)
    if as_json:
        from drawbar.cli.edi.inspecting import list_files  # noqa: PLC0415 - --help stays fast

        sys.exit(list_files(files, charset or "", strict))
    from drawbar.cli.edi.judging import validate_files as validate  # noqa: PLC0415

    sys.exit(validate(files, charset or "", strict, every=every))


def _strictness(
    measure: str | None, reject: tuple[str, ...], warn: tuple[str, ...], accept: tuple[str, ...]
) -> "Strictness":
    from drawbar.cli.edi.weighing import (  # noqa: PLC0415 - --help stays fast
        Measure,
        TwiceWeighed,
        UnknownCode,
        strictness,
    )

    try:
        return strictness(
            Measure(measure or Measure.TABLE), reject=reject, warn=warn, accept=accept
        )
    except (UnknownCode, TwiceWeighed) as error:
        raise click.UsageError(str(error)) from error


@edi.command("roundtrip", short_help="Say whether files are written again byte for byte.")
@files_argument
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write what was written again into this file.",
)
@charset_option
@json_option
def roundtrip_files(
    files: tuple[str, ...], output: Path | None, charset: str | None, as_json: bool
) -> None:
    """Read FILES, write them again and say whether a byte differs, and where the first one does.

    Exits 0 when all are the same, 1 when one is not.
    """
    from drawbar.cli.edi.rewriting import roundtrip_files as roundtrip  # noqa: PLC0415

    sys.exit(roundtrip(files, charset or "", output, as_json=as_json))


@edi.command("convert", short_help="Turn EDI into JSON and back, or into other separators.")
@files_argument
@click.option("--to", type=click.Choice(["json", "edi"]), default=None, help="Else the other one.")
@click.option("--places", is_flag=True, help="In JSON, where each field stood, beside it.")
@click.option("--version", default="", help="As edi: in this release of X12, such as 005010.")
@click.option("--element", metavar="MARK", help="As edi: separate elements with it.")
@click.option("--component", metavar="MARK", help="As edi: separate components with it.")
@click.option("--segment", metavar="MARK", help="As edi: end segments with it.")
@click.option("--repetition", metavar="MARK", help="As edi: separate repetitions with it.")
@click.option("--line-end", type=click.Choice(["none", "lf", "crlf"]), help="After each segment.")
@output_option
@charset_option
@json_option
def convert_files(files: tuple[str, ...], **options: Any) -> None:
    """Turn FILES into JSON, JSON of that shape into EDI, or EDI into other separators.

    What cannot be converted is named, and makes the exit code 4; the rest is converted.
    """
    from drawbar.cli.edi.converting import Wanted  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.edi.converting import convert_files as convert  # noqa: PLC0415
    from drawbar.cli.edi.dialect import LINE_ENDS, DialectWish  # noqa: PLC0415

    line_end = options["line_end"]
    wish = DialectWish(
        element=_mark(options["element"], "--element"),
        component=_mark(options["component"], "--component"),
        segment=_mark(options["segment"], "--segment"),
        repetition=_mark(options["repetition"], "--repetition"),
        line_end=None if line_end is None else LINE_ENDS[line_end],
    )
    to = "json" if options["as_json"] else options["to"] or ""
    if to == "json" and (wish.is_any or options["version"]):
        raise click.UsageError("separators and --version are for EDI; say --to edi")
    wanted = Wanted(
        to=to or ("edi" if wish.is_any or options["version"] else ""),
        places=options["places"],
        version=options["version"],
        dialect=wish,
        charset=options["charset"] or "",
    )
    sys.exit(convert(files, wanted, options["output"]))


def _mark(text: str | None, option: str) -> str | None:
    """Return one character that may separate: itself, or its byte as 0x1D."""
    if text is None:
        return None
    byte = re.fullmatch("0[xX]([0-9A-Fa-f]{2})", text)
    plain = chr(int(byte[1], 16)) if byte else text
    if len(plain) != 1 or plain.isalnum() or plain == " " or plain > "\xff":
        raise click.UsageError(f"{option} {text!r} is not one character that can separate")
    return plain


@edi.command("ack", short_help="Make the receipt that files are answered with.")
@files_argument
@click.option(
    "--as",
    "kind",
    type=click.Choice(["997", "999", "TA1", "CONTRL"], case_sensitive=False),
    default=None,
    help="Which receipt; else a 997 (a 999 for 005010X...), and CONTRL for EDIFACT.",
)
@click.option("--control", default=1, show_default=True, help="Control number of the first one.")
@click.option("--group", default=1, show_default=True, help="Group number of the first one.")
@click.option("--set", "set_", default=1, show_default=True, help="Set number in each.")
@click.option("--at", metavar="MOMENT", help="When it is sent, as 2026-04-15T09:30; else now, UTC.")
@strictness_of
@click.option(
    "--output", type=click.Path(path_type=Path), help="A file; for several files a folder."
)
@charset_option
@json_option
def answer_files(files: tuple[str, ...], **options: Any) -> None:
    """Make the receipts for FILES: what was accepted, and exactly where it was not.

    Control numbers count on from the ones given; a partner expects them without gaps.
    """
    from drawbar.cli.edi.answering import Answering, clock_of  # noqa: PLC0415 - --help stays fast
    from drawbar.cli.edi.answering import answer_files as answer  # noqa: PLC0415

    names = ("measure", "reject", "warn", "accept")
    strict = _strictness(*(options[name] for name in names))
    if len(files) > 1 and options["output"] is None and not options["as_json"]:
        raise click.UsageError("several files are answered into a folder; say --output FOLDER")
    try:
        sent_at = clock_of(options["at"])
    except ValueError as error:
        raise click.UsageError(f"--at: {error}; write it as 2026-04-15T09:30") from error
    answering = Answering(
        kind=options["kind"] or "",
        sent_at=sent_at,
        strictness=strict,
        control=options["control"],
        group=options["group"],
        set=options["set_"],
    )
    say(
        f"Sent at {sent_at:%Y-%m-%d %H:%M}, numbers from interchange {answering.control}, "
        f"group {answering.group}, set {answering.set}."
    )
    charset = options["charset"] or ""
    code = answer(files, answering, options["output"], as_json=options["as_json"], charset=charset)
    sys.exit(code)
