-- The rows that measures are computed from: loads released, and bills and invoices of a period.

-- name: loads_of_period
-- Loads that we first heard of in the period, with their state and when that was.
SELECT s.ref, s.version, begun.learned_at
  FROM shipments s
  JOIN LATERAL (SELECT f.learned_at FROM fact_streams t JOIN facts f USING (fact_id)
                 WHERE t.kind = 'shipment' AND t.ref = s.ref ORDER BY t.fact_id LIMIT 1) begun ON true
 WHERE s.status <> 'recorded' AND begun.learned_at >= %(begin)s AND begun.learned_at < %(end)s
 ORDER BY s.ref;

-- name: load_states
SELECT ref, version, body FROM shipments WHERE ref = ANY(%(refs)s);

-- name: bills_of_period
-- Bills that came in the period: where each stands, and when it was decided and last paid.
SELECT b.ref, b.carrier_ref, coalesce(b.shipment_ref, ''), b.status, b.touchless, b.recycled,
       b.decided_at, b.disputed, came.learned_at,
       CASE WHEN b.status = 'paid' THEN
         (SELECT max(f.learned_at) FROM fact_streams t JOIN facts f USING (fact_id)
           WHERE t.kind = 'freight_bill' AND t.ref = b.ref AND f.name = 'VoucherPaid') END
  FROM freight_bills b
  JOIN LATERAL (SELECT f.learned_at FROM fact_streams t JOIN facts f USING (fact_id)
                 WHERE t.kind = 'freight_bill' AND t.ref = b.ref
                 ORDER BY t.fact_id LIMIT 1) came ON true
 WHERE b.status <> 'recorded' AND came.learned_at >= %(begin)s AND came.learned_at < %(end)s
 ORDER BY b.ref;

-- name: touches_of
-- How many times a person's word became part of a load or of one of its bills.
SELECT about.shipment_ref, count(DISTINCT f.fact_id)
  FROM (SELECT ref AS shipment_ref, 'shipment' AS kind, ref FROM shipments
         WHERE ref = ANY(%(refs)s)
         UNION ALL
        SELECT shipment_ref, 'freight_bill', ref FROM freight_bills
         WHERE shipment_ref = ANY(%(refs)s)) about
  JOIN fact_streams t ON t.kind = about.kind AND t.ref = about.ref
  JOIN facts f USING (fact_id)
 WHERE f.name = ANY(%(by_hand)s)
 GROUP BY about.shipment_ref;

-- name: margins_of
-- ``kpis.margin``: revenue and cost of loads in the ledger, with all that was put right since.
SELECT e.shipment_ref, l.currency, l.cost_centre,
       -coalesce(sum(l.amount) FILTER (WHERE l.account = ANY(%(earns)s)), 0),
       coalesce(sum(l.amount) FILTER (WHERE l.account = ANY(%(costs)s)), 0)
  FROM entries e JOIN entry_lines l USING (entry_ref)
 WHERE e.shipment_ref = ANY(%(refs)s)
   AND (l.account = ANY(%(earns)s) OR l.account = ANY(%(costs)s))
 GROUP BY e.shipment_ref, l.currency, l.cost_centre
 ORDER BY e.shipment_ref, l.currency, l.cost_centre;

-- name: receivables
-- ``kpis.receivable``: the documents of a period, and older invoices that were open at its end, each
-- with what was open then by the ledger: payments and credit notes of a later day do not count yet.
-- Those settled since are found by what was posted after the period.
WITH asked AS (
  SELECT ref FROM customer_invoices WHERE invoiced_on BETWEEN %(first)s AND %(last)s
   UNION
  SELECT ref FROM customer_invoices WHERE open <> 0 AND invoiced_on < %(first)s
   UNION
  SELECT coalesce(i.credits, i.ref) FROM entries e JOIN customer_invoices i ON i.ref = e.about_ref
   WHERE e.posted_on > %(last)s AND e.about_kind = 'customer_invoice'
     AND e.purpose IN ('invoice_paid', 'credit_released'))
SELECT i.ref, coalesce(i.customer_ref, ''), i.invoiced_on, i.currency, i.total, owed.amount
  FROM asked JOIN customer_invoices i USING (ref)
 CROSS JOIN LATERAL (
  SELECT greatest(coalesce(sum(l.amount), 0), 0) AS amount
    FROM (SELECT i.ref UNION ALL SELECT n.ref FROM customer_invoices n WHERE n.credits = i.ref) d
    JOIN entries e ON e.about_ref = d.ref AND e.about_kind = 'customer_invoice'
    JOIN entry_lines l ON l.entry_ref = e.entry_ref AND l.account = 'accounts_receivable'
   WHERE i.credits IS NULL AND e.document_on <= %(last)s) owed
 WHERE i.invoiced_on <= %(last)s AND (i.invoiced_on >= %(first)s OR owed.amount <> 0)
 ORDER BY i.ref;

-- name: closed_periods
-- ``kpis.close``: months that were closed in the period, with who closed them and when they first
-- were.
SELECT ref, closed_by, closed_at, first_closed_at FROM periods
 WHERE status = 'closed' AND closed_at >= %(begin)s AND closed_at < %(end)s ORDER BY ref;

-- name: margin_of_month
-- ``kpis.close``: what was left by the result accounts of a month: as it stood in the books when
-- they were first closed, and by the day of each document with all that came since.
SELECT -coalesce(sum(l.amount) FILTER (
         WHERE e.posted_on BETWEEN %(first)s AND %(last)s AND e.booked_at <= %(first_closed_at)s), 0),
       -coalesce(sum(l.amount) FILTER (WHERE e.document_on BETWEEN %(first)s AND %(last)s), 0)
  FROM entries e JOIN entry_lines l USING (entry_ref)
 WHERE (e.posted_on BETWEEN %(first)s AND %(last)s
     OR (e.document_on BETWEEN %(first)s AND %(last)s AND e.posted_on <> e.document_on))
   AND l.account = ANY(%(result)s) AND l.currency = %(currency)s;

-- name: invoiced_at_of
-- When loads were first invoiced: the fact by which it was done.
SELECT t.ref, min(f.learned_at) FROM fact_streams t JOIN facts f USING (fact_id)
 WHERE t.kind = 'shipment' AND t.ref = ANY(%(refs)s)
   AND EXISTS (SELECT FROM fact_streams i WHERE i.fact_id = t.fact_id
                                            AND i.kind = 'customer_invoice')
 GROUP BY t.ref;
