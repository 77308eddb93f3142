"""Our ledger as a file in the ERP's terms, for whoever compares the two line by line."""

import json
from decimal import Decimal
from pathlib import Path

from drawbar.connectors.erp_rest.manifest import ACCOUNTS
from drawbar.freight.ledger import Account
from drawbar.records.desk.reads import Reads

_LINES = """
SELECT entry_ref, about_kind, about_ref, account, amount, currency
  FROM entries JOIN entry_lines USING (entry_ref)
 WHERE purpose NOT IN ('bill_paid', 'invoice_paid')
 ORDER BY entry_id, number
"""
"""What was paid is the ERP's own entry; we only note it."""


def write_ledger(reads: Reads, file: Path) -> Path:
    """Write one JSON object a line for every line of our ledger that the ERP must hold."""
    with reads.connection() as connection, connection.cursor() as cursor, file.open("w") as out:
        for entry, kind, about, account, amount, currency in cursor.execute(_LINES):
            line = {
                "account": ACCOUNTS[Account(account)],
                "currency": currency,
                "debit": str(max(amount, Decimal(0))),
                "credit": str(max(-amount, Decimal(0))),
                "document_key": _key(entry, kind, about),
            }
            out.write(json.dumps(line) + "\n")
    return file


def _key(entry_ref: str, about_kind: str, about_ref: str) -> str:
    """Return our business key of the ERP's document that an entry went out as."""
    if about_kind == "freight_bill":
        return f"{about_ref}/{entry_ref.rpartition(':')[2]}"
    return about_ref if about_kind == "customer_invoice" else entry_ref
