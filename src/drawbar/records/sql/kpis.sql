-- Measures as questions to the database. Each is the twin of a pure definition in ``kpis``; a test
-- holds the two together, so that whoever asks either way gets the same figure.

-- name: touchless_share
-- ``kpis.match.touchless_match`` over the bills decided in a period: how many of how many.
SELECT count(*) FILTER (WHERE touchless), count(*)
  FROM freight_bills
 WHERE decided_at >= %(begin)s AND decided_at < %(end)s AND touchless IS NOT NULL
   AND status NOT IN ('duplicate', 'rejected', 'recorded', 'waiting_shipment', 'waiting_events');

-- name: money_held
-- ``kpis.today.money_held``: waiting bills whole, of others what is contested.
SELECT currency, count(*),
       sum(CASE WHEN status IN ('waiting_shipment', 'waiting_events') THEN billed ELSE disputed END)
  FROM freight_bills
 WHERE status IN ('waiting_shipment', 'waiting_events')
    OR (status IN ('stopped', 'short_paid') AND disputed > 0)
 GROUP BY currency ORDER BY currency;

-- name: accrual_balance
-- ``kpis.exposure.accrual_exposure``: what the accrual account holds, by currency.
SELECT currency, -sum(amount) FROM entry_lines WHERE account = 'freight_accrued'
 GROUP BY currency HAVING sum(amount) <> 0 ORDER BY currency;

-- name: bills_by_end
-- ``kpis.match`` and ``kpis.scorecard`` over the bills received in a period: how many in all, how
-- many we owe and decided, approved untouched at once, approved untouched, needing a person, asking
-- twice; how many are decided at all, right as billed, and contested.
SELECT count(*), count(*) FILTER (WHERE ends IN ('approved', 'exception')),
       count(*) FILTER (WHERE ends = 'approved' AND NOT coalesce(recycled, false)),
       count(*) FILTER (WHERE ends = 'approved'), count(*) FILTER (WHERE ends = 'exception'),
       count(*) FILTER (WHERE ends = 'duplicate'), count(*) FILTER (WHERE ends <> 'waiting'),
       count(*) FILTER (WHERE ends = 'approved'),
       count(*) FILTER (WHERE ends <> 'waiting' AND coalesce(disputed, 0) <> 0)
  FROM (SELECT b.recycled, b.disputed,
               CASE WHEN b.status IN ('duplicate', 'rejected') THEN b.status
                    WHEN b.touchless IS NULL OR b.status LIKE 'waiting%%' THEN 'waiting'
                    WHEN b.touchless THEN 'approved' ELSE 'exception' END AS ends
          FROM freight_bills b
         WHERE b.status <> 'recorded'
           AND (SELECT min(f.learned_at) FROM fact_streams t JOIN facts f USING (fact_id)
                 WHERE t.kind = 'freight_bill' AND t.ref = b.ref) >= %(begin)s
           AND (SELECT min(f.learned_at) FROM fact_streams t JOIN facts f USING (fact_id)
                 WHERE t.kind = 'freight_bill' AND t.ref = b.ref) < %(end)s) AS received;

-- name: hours_of_bills
-- ``kpis.cycle`` over the bills received in a period: how many were decided and paid, and the
-- median of the hours that it took.
SELECT count(decided_at - came_at),
       round(extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY decided_at - came_at))
             / 3600, 2),
       count(paid_at - came_at),
       round(extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY paid_at - came_at))
             / 3600, 2)
  FROM (SELECT b.decided_at, min(f.learned_at) AS came_at,
               max(f.learned_at) FILTER (WHERE b.status = 'paid' AND f.name = 'VoucherPaid')
                 AS paid_at
          FROM freight_bills b
          JOIN fact_streams t ON t.kind = 'freight_bill' AND t.ref = b.ref
          JOIN facts f USING (fact_id)
         WHERE b.status <> 'recorded'
         GROUP BY b.ref HAVING min(f.learned_at) >= %(begin)s AND min(f.learned_at) < %(end)s) AS b;

-- name: sales_days
-- ``kpis.receivable.days_sales_outstanding``: what invoices left open on a day by the ledger, less
-- what credit notes took back of each, over what was sold from ``first`` on, in days.
SELECT round(owed.amount * (%(last)s::date - %(first)s::date + 1) / sold.amount, 2)
  FROM (SELECT sum(total) AS amount FROM customer_invoices
         WHERE invoiced_on BETWEEN %(first)s AND %(last)s AND currency = %(currency)s) AS sold,
       (SELECT coalesce(sum(greatest(amount, 0)), 0) AS amount
          FROM (SELECT sum(l.amount) AS amount
                  FROM entry_lines l JOIN entries e USING (entry_ref)
                  JOIN customer_invoices i ON i.ref = e.about_ref
                 WHERE l.account = 'accounts_receivable' AND e.document_on <= %(last)s
                   AND e.about_kind = 'customer_invoice' AND i.currency = %(currency)s
                 GROUP BY coalesce(i.credits, i.ref)) AS of_invoice) AS owed
 WHERE sold.amount > 0;

-- name: closing_days
-- ``kpis.close.days_to_close`` over the months closed in a period, in the days of the firm's zone.
SELECT count(*), round(percentile_cont(0.5) WITHIN GROUP (
         ORDER BY (closed_at AT TIME ZONE %(zone)s)::date - ends_on)::numeric, 2)
  FROM periods WHERE status = 'closed' AND closed_at >= %(begin)s AND closed_at < %(end)s;

-- name: margin_put_right
-- ``kpis.close.margin_restatement`` over the months closed in a period, in one currency.
SELECT round(100 * sum(abs(final - reported)) / nullif(sum(abs(reported)), 0), 2)
  FROM (SELECT coalesce(sum(l.amount) FILTER (WHERE e.document_on BETWEEN m.begins_on AND m.ends_on),
                        0) AS final,
               coalesce(sum(l.amount) FILTER (WHERE e.posted_on BETWEEN m.begins_on AND m.ends_on
                                                AND e.booked_at <= m.first_closed_at), 0) AS reported
          FROM (SELECT *, (ref || '-01')::date AS begins_on FROM periods) AS m
          CROSS JOIN entries e JOIN entry_lines l USING (entry_ref)
         WHERE m.status = 'closed' AND m.closed_at >= %(begin)s AND m.closed_at < %(end)s
           AND l.account = ANY(%(result)s) AND l.currency = %(currency)s
         GROUP BY m.ref) AS months;

-- name: margin_of_loads
-- ``kpis.margin``: revenue less cost of the loads released in a period, as the ledger has both.
SELECT -sum(l.amount)
  FROM (SELECT s.ref FROM shipments s
         JOIN fact_streams t ON t.kind = 'shipment' AND t.ref = s.ref JOIN facts f USING (fact_id)
        WHERE s.status <> 'recorded'
        GROUP BY s.ref HAVING min(f.learned_at) >= %(begin)s AND min(f.learned_at) < %(end)s) AS s
  JOIN entries e ON e.shipment_ref = s.ref JOIN entry_lines l USING (entry_ref)
 WHERE l.account = ANY(%(result)s) AND l.currency = %(currency)s;

-- name: money_leaked
-- ``kpis.leak.margin_leak`` of the loads released in a period.
SELECT coalesce(sum(s.leaked), 0) FROM shipments s
 WHERE s.status <> 'recorded' AND s.currency = %(currency)s
   AND (SELECT min(f.learned_at) FROM fact_streams t JOIN facts f USING (fact_id)
         WHERE t.kind = 'shipment' AND t.ref = s.ref) >= %(begin)s
   AND (SELECT min(f.learned_at) FROM fact_streams t JOIN facts f USING (fact_id)
         WHERE t.kind = 'shipment' AND t.ref = s.ref) < %(end)s;

-- name: touches_by_load
-- ``kpis.touch`` over the loads released in a period: how many there are, how many a person never
-- acted on, and how often a person acted on one.
SELECT count(*), count(*) FILTER (WHERE touches = 0), round(avg(touches), 2)
  FROM (SELECT s.ref,
               (SELECT count(DISTINCT f.fact_id) FROM fact_streams t JOIN facts f USING (fact_id)
                 WHERE f.name = ANY(%(by_hand)s)
                   AND ((t.kind = 'shipment' AND t.ref = s.ref)
                     OR (t.kind = 'freight_bill' AND t.ref IN (SELECT b.ref FROM freight_bills b
                                                                WHERE b.shipment_ref = s.ref))))
                 AS touches
          FROM shipments s
          JOIN fact_streams t ON t.kind = 'shipment' AND t.ref = s.ref JOIN facts f USING (fact_id)
         WHERE s.status <> 'recorded'
         GROUP BY s.ref HAVING min(f.learned_at) >= %(begin)s AND min(f.learned_at) < %(end)s) AS s;
