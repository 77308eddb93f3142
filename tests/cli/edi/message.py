"""A carrier's files, and how the command is asked about them."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from drawbar.cli.commands import main

INVOICE = (
    b"ISA*00*          *00*          *02*NRTH           *ZZ*SHIPPER        "
    b"*260301*0930*U*00401*000000007*0*P*:~\n"
    b"GS*IM*NRTH*SHIPPER*20260301*0930*7*X*004010~\nST*210*0001~\n"
    b"B3**INV-1*S-1*PP**20260301*110000****NRTH~\nC3*USD~\nN9*CN*PRO1~\n"
    b"N1*BT*SHIPPER INC*93*44~\nN3*1 MAIN ST~\nN4*RENO*NV*89501*US~\n"
    b"LX*1~\nL5*1*PAPER~\nL0*1*500*DM*42000*G~\nL1*1*2*PM*100000****400~\n"
    b"L1*1*20*PH*10000****FUE~\nL3*42000*G***110000~\nSE*14*0001~\n"
    b"GE*1*7~\nIEA*1*000000007~\n"
)
BROKEN = INVOICE.replace(b"SE*14*", b"SE*15*").replace(b"B3**INV-1*", b"B3***")
STATUS = (
    b"UNA:+.? '\nUNB+UNOC:3+NRTH:14+SHIP:ZZZ+260301:0930+7'\nUNH+1+IFTSTA:D:96A:UN'\n"
    b"BGM+77+PRO1+9'\nUNT+3+1'\nUNZ+1+7'\n"
)


def invoice(number: int, *, sets: int = 1) -> bytes:
    """Return an interchange of its own number, with so many invoices."""
    head, body = INVOICE.split(b"ST*210", 1)
    body, tail = body.split(b"GE*1*7", 1)
    bodies = b"".join(
        (b"ST*210" + body).replace(b"*0001~", b"*%04d~" % each) for each in range(1, sets + 1)
    )
    data = head + bodies + b"GE*%d*7" % sets + tail
    return data.replace(b"000000007", b"%09d" % number)


def run(*arguments: object, given: bytes = b"") -> Result:
    """Run ``drawbar edi``; what is ``given`` stands on its standard input."""
    return CliRunner().invoke(main, ["edi", *map(str, arguments)], input=given)


def listed(data: bytes, *more: object) -> list[dict[str, Any]]:
    """Return what ``inspect --json`` says of ``data``."""
    outcome = run("inspect", "--json", *more, given=data)
    assert outcome.exit_code == 0, outcome.stderr
    found: list[dict[str, Any]] = json.loads(outcome.stdout)["interchanges"]
    return found


def written(folder: Path, name: str, data: bytes) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(data)
    return path
