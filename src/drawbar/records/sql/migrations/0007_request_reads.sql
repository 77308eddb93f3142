-- The request role reads what the desks show and writes nothing.

GRANT SELECT ON messages, message_keys, cursors, facts, fact_keys, fact_streams, dead_facts, names,
  customers, orders, shipments, freight_bills, customer_invoices, number_series,
  entries, entry_lines, parked, parked_keys, pending, deadlines, cases, deliveries, gates
  TO drawbar_request;

-- Append-only by privilege, and by trigger for everybody else.
REVOKE UPDATE, DELETE ON facts, fact_streams, entries, entry_lines FROM drawbar_engine;
REVOKE DELETE ON messages FROM drawbar_engine;
