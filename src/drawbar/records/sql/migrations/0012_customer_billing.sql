-- Customer billing: what waits to be invoiced and why, what never will be, and documents by kind.

ALTER TABLE shipments
  ADD COLUMN unbilled         numeric,      -- delivered and not invoiced
  ADD COLUMN unbilled_since   timestamptz,
  ADD COLUMN unbilled_because text,         -- the codes of all obstacles, or what it waits for
  ADD COLUMN leaked           numeric,      -- owed and never asked for
  ADD COLUMN leaked_at        timestamptz,
  ADD COLUMN leaked_because   text,         -- charge and cause of each leak
  ADD COLUMN leaked_of        text;         -- the invoices and credit notes behind it
CREATE INDEX shipments_unbilled ON shipments (unbilled_since, ref) WHERE unbilled IS NOT NULL;
CREATE INDEX shipments_leaked ON shipments (ref) WHERE leaked IS NOT NULL;

ALTER TABLE customer_invoices
  ADD COLUMN kind        text,              -- invoice, supplement, credit_note, rebill
  ADD COLUMN series      text,
  ADD COLUMN invoiced_on date,
  ADD COLUMN open        numeric,
  ADD COLUMN contested   numeric,
  ADD COLUMN shipments   integer;
UPDATE customer_invoices SET kind = 'invoice', series = 'customer_invoice', shipments = 1;
CREATE UNIQUE INDEX customer_invoices_numbers ON customer_invoices (series, number);
