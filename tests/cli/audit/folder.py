"""A folder to audit, written for a test, and what the command says of it.

Unless said otherwise: ABCD carries S-1001 from Dallas to Chicago for 1,650.00 and 25 % fuel, with
detention after two hours; it came at 09:40 for 10:00 and left at 14:07, which is 168.75.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from click.testing import CliRunner

from drawbar.cli.commands import main

CONTRACT = """
contract_ref: ABCD-2026
party_ref: ABCD
currency: USD
valid_from: 2026-01-01
lanes: [{clause: "1.1", origin: {city: Dallas}, destination: {city: Chicago}, flat: "1650.00"}]
fuel: [{clause: "2.1", percent: "25.0", valid_from: 2026-01-01}]
detention: {clause: "3.1", rate: "18.75", cap: "300.00"}
accessorials:
  - clause: "3.3"
    kind: lumper
    amount: "0"
    per: receipt
    evidence: [receipt]
    needs_approval: false
"""
LOADS = (
    "shipment,carrier,bol,po,origin city,origin state,origin zip,destination city,"
    "destination state,pickup date,delivery appointment,delivery arrived,delivery departed\n"
)
ENDS = "Dallas,TX,75201,Chicago,IL,2026-03-09,2026-03-11 10:00,2026-03-11 09:40"
LOAD = f"S-1001,ABCD,B-77,PO-9,{ENDS},2026-03-11 14:07\n"
BILLS = "carrier,invoice,invoice date,bol,charge,amount,total\n"
AGREED = (("linehaul", "1650.00"), ("fuel_surcharge", "412.50"), ("detention", "168.75"))


def bill(*lines: tuple[str, str], number: str = "1", bol: str = "B-77", total: str = "") -> str:
    """Return the rows of one bill; the header says the sum unless told otherwise."""
    said = total or str(sum(Decimal(amount) for _, amount in lines))
    rows = (f"ABCD,{number},2026-03-14,{bol},{what},{amount},{said}\n" for what, amount in lines)
    return "".join(rows)


def written(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder, with the contract and the load unless others are given."""
    given = {"contracts/ABCD.yaml": CONTRACT, "shipments.csv": LOADS + LOAD} | dict(files)
    for name, content in given.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


class Said:
    """What the command said: exit code, bills by invoice, what was not read, the summary."""

    def __init__(self, folder: Path, *options: str) -> None:
        arguments = ["audit", str(folder), "--as-of", "2026-04-01", "--json", *options]
        outcome = CliRunner().invoke(main, arguments, catch_exceptions=False)
        self.code, self.errors = outcome.exit_code, outcome.stderr
        objects = [json.loads(line) for line in outcome.stdout.splitlines() if line]
        self.bills = [one for one in objects if one["type"] == "bill"]
        self.missing = [one for one in objects if one["type"] == "missing"]
        self.unread = [one for one in objects if one["type"] == "unread" and not one["is_note"]]
        self.notes = [one for one in objects if one["type"] == "unread" and one["is_note"]]
        self.summary = next((one for one in objects if one["type"] == "summary"), None)

    def of(self, field: str) -> dict[str, Decimal]:
        """Return an amount of every bill, by shipment or else by invoice."""
        return {one["shipment"] or one["invoice"]: Decimal(one[field]) for one in self.bills}

    def total(self, field: str) -> Decimal:
        """Return the sum of an amount over all bills."""
        return sum((Decimal(one[field]) for one in self.bills), start=Decimal(0))

    @property
    def reasons(self) -> set[str]:
        """Return the reasons of all lines that are not paid."""
        return {line["reason"] for one in self.bills for line in one["lines"] if line["reason"]}


def audited(folder: Path, files: Mapping[str, str | bytes], *options: str) -> Said:
    """Write files and audit them."""
    return Said(written(folder, files), *options)
