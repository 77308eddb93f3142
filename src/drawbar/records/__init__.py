"""What is written down: facts, streams, names, ledger, cases, waits, deliveries. In Postgres.

One module per noun; the statements are named and commented in ``sql/``.
"""
