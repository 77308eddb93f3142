-- What customers owed on a day: the invoice that a credit note takes back from, and ways to find
-- the invoices of a period and those that are open without reading all others. What a month first
-- reported: when it was closed for the first time, whoever opened it again since.

ALTER TABLE customer_invoices ADD COLUMN credits text;
UPDATE customer_invoices n SET credits = o.about_ref
  FROM entries e JOIN entries o ON o.entry_ref = e.reverses
 WHERE n.kind = 'credit_note' AND e.purpose = 'credit_released'
   AND e.about_kind = 'customer_invoice' AND e.about_ref = n.ref;
CREATE INDEX customer_invoices_crediting ON customer_invoices (credits) WHERE credits IS NOT NULL;
CREATE INDEX customer_invoices_by_day ON customer_invoices (invoiced_on);
CREATE INDEX customer_invoices_open ON customer_invoices (invoiced_on) WHERE open <> 0;

-- What came after its month was closed, by the month that it belongs to.
CREATE INDEX entries_late ON entries (document_on) WHERE posted_on <> document_on;

ALTER TABLE periods ADD COLUMN first_closed_at timestamptz;
UPDATE periods p SET first_closed_at = coalesce(
  (SELECT min(f.learned_at) FROM fact_streams t JOIN facts f USING (fact_id)
    WHERE t.kind = 'period' AND t.ref = p.ref AND f.name = 'PeriodClosed'), p.closed_at);
