"""The tables of the small ERP and the accounts that it begins with."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS account (code TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS closed_month (month TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS party (code TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL, state TEXT NOT NULL, number TEXT NOT NULL DEFAULT '',
    reference TEXT NOT NULL, origin TEXT NOT NULL, subject TEXT NOT NULL, party TEXT NOT NULL,
    currency TEXT NOT NULL, dated TEXT NOT NULL, due TEXT NOT NULL,
    lines TEXT NOT NULL, total TEXT NOT NULL, open TEXT NOT NULL, stamp TEXT NOT NULL,
    credits TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS document_by_origin ON document (origin);
CREATE INDEX IF NOT EXISTS document_by_stamp ON document (stamp, id);
CREATE INDEX IF NOT EXISTS document_open ON document (kind, id)
    WHERE state = 'posted' AND CAST(open AS REAL) > 0;
CREATE TABLE IF NOT EXISTS payment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER REFERENCES document (id), party TEXT NOT NULL,
    amount TEXT NOT NULL, currency TEXT NOT NULL, paid_on TEXT NOT NULL, stamp TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS payment_by_stamp ON payment (stamp, id);
CREATE TABLE IF NOT EXISTS sales_order (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number TEXT NOT NULL, revision INTEGER NOT NULL, state TEXT NOT NULL,
    body TEXT NOT NULL, stamp TEXT NOT NULL, UNIQUE (number, revision)
);
CREATE INDEX IF NOT EXISTS sales_order_by_stamp ON sales_order (stamp, id);
CREATE TABLE IF NOT EXISTS receivable (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    party TEXT NOT NULL UNIQUE, amount TEXT NOT NULL, currency TEXT NOT NULL, stamp TEXT NOT NULL
);
"""

ACCOUNTS = {
    "1090": "Bank clearing",
    "1200": "Accounts receivable",
    "1250": "Unbilled receivables",
    "1280": "Claims receivable",
    "1400": "Input tax",
    "2000": "Accounts payable",
    "2050": "Carrier credits",
    "2150": "Accrued freight",
    "2300": "Tax owed",
    "4000": "Freight revenue",
    "4900": "Quick-pay discounts",
    "4950": "Claims recovered",
    "5100": "Freight cost",
    "5190": "Freight variance",
    "5195": "Exchange differences",
    "5900": "Written off",
}
"""The chart of accounts that a new ERP begins with."""
