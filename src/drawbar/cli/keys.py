"""``drawbar keys``: API keys for programs; a key is shown once and never again."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from drawbar.cli.options import (
    AUTH,
    CONFLICT,
    NOT_FOUND,
    VALIDATION,
    fail,
    firm_options,
    json_option,
    say,
    the_firm,
)

if TYPE_CHECKING:
    from drawbar.cli.firm import Firm
    from drawbar.web.auth.secret import Secret

ROLES = ("dispatcher", "finance", "integration", "carrier", "customer-service", "admin")


@click.group("keys")
def keys() -> None:
    """Make, list and revoke API keys."""


@keys.command("create")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What it may do.")
@click.option("--carrier", metavar="SCAC", default="", help="For a carrier's key: whose it is.")
@firm_options
@json_option
def create(
    name: str, role: str, carrier: str, company: Path | None, database: str, as_json: bool
) -> None:
    """Make a key for NAME. It stands on stdout this once; we keep only its hash."""
    from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast
    from drawbar.web.auth.api_key import UnfitKey, create_key  # noqa: PLC0415
    from drawbar.web.auth.caller import Caller  # noqa: PLC0415
    from drawbar.web.auth.role import Role  # noqa: PLC0415

    if (role == "carrier") != bool(carrier):
        raise click.UsageError("--role carrier needs --carrier SCAC, and no other role has one")
    with the_firm(company, database) as firm:
        _refuse_unknown(firm, carrier)
        caller = Caller(name=name, role=Role(role), carrier_ref=carrier)
        secret, now = _secret(database), firm.engine.clock.now()
        try:
            with firm.pool.connection() as connection:
                new = create_key(connection, secret=secret, caller=caller, at=now)
        except UnfitKey as error:
            fail(f"NAME {name!r}: {error}", code=VALIDATION)
        where = firm.database.describe()
    if as_json:
        show_json(new)
    else:
        click.echo(new.token)
    say(f"Key {new.key_id} of {name} ({role}). Keep it now: it is not shown again.")
    say(f"It is for the database {database} ({where}), and works at no other.")


@keys.command("list", short_help="List all keys, revoked ones too.")
@firm_options
@json_option
def list_all(company: Path | None, database: str, as_json: bool) -> None:
    """List all keys, the newest first, revoked ones too; never what they are."""
    from drawbar.cli.table import show_json, show_table  # noqa: PLC0415 - --help stays fast
    from drawbar.web.auth.api_key import list_keys  # noqa: PLC0415

    with the_firm(company, database) as firm, firm.pool.connection() as connection:
        kept = list_keys(connection)
    shown = ("key_id", "name", "role", "carrier_ref", "created_at", "revoked_at")
    rows = [{name: getattr(one, name) for name in shown} for one in kept]
    if as_json:
        show_json(rows)
    elif rows:
        headings = ("Key", "Name", "Role", "Carrier", "Made", "Revoked")
        show_table(headings, (tuple(row.values()) for row in rows))
    else:
        say("There is no key yet. Make one: drawbar keys create NAME --role ROLE")


@keys.command("revoke")
@click.argument("key_id", metavar="ID")
@firm_options
@json_option
def revoke(key_id: str, company: Path | None, database: str, as_json: bool) -> None:
    """End a key for good. Whoever uses it is refused from now on."""
    from drawbar.cli.table import show_json  # noqa: PLC0415 - --help stays fast
    from drawbar.web.auth.api_key import list_keys, revoke_key  # noqa: PLC0415

    with the_firm(company, database) as firm, firm.pool.connection() as connection:
        is_ended = revoke_key(connection, key_id, at=firm.engine.clock.now())
        known = {one.key_id: one for one in list_keys(connection)}
    if key_id not in known:
        fail(f"There is no key {key_id!r}. Those that are: drawbar keys list", code=NOT_FOUND)
    if not is_ended:
        fail(f"Key {key_id} was revoked on {known[key_id].revoked_at:%Y-%m-%d}.", code=CONFLICT)
    if as_json:
        show_json({"key_id": key_id, "revoked_at": known[key_id].revoked_at})
    say(f"Key {key_id} of {known[key_id].name} does not work any more.")


def _refuse_unknown(firm: "Firm", carrier: str) -> None:
    carriers = firm.folder.company.carriers
    if carrier and carrier not in carriers:
        known = ", ".join(sorted(carriers)) or "none"
        fail(f"--carrier {carrier} is nobody's here; there are: {known}", code=NOT_FOUND)


def _secret(database: str) -> "Secret":
    import os  # noqa: PLC0415 - --help stays fast

    from drawbar.cli.own_folder import own_folder  # noqa: PLC0415
    from drawbar.web.auth.secret import UnsafeSecret, load_secret  # noqa: PLC0415

    try:
        return load_secret(os.environ, own_folder(database, os.environ) / "secret")
    except UnsafeSecret as error:
        fail(str(error), code=AUTH)
