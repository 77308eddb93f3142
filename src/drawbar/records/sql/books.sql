-- The books as finance looks at them: what is open, what is accrued, what stands against a close.

-- name: open_bills
-- Bills that may be paid, and credits: the next due first.
SELECT ref, carrier_ref, invoice_number, coalesce(shipment_ref, ''), open_amount, currency, due_on,
       coalesce(payment_run, ''), status
  FROM freight_bills WHERE open_amount <> 0 ORDER BY due_on, ref LIMIT %(limit)s;

-- name: nettable_claims
SELECT ref FROM claims WHERE nettable > 0 AND carrier_ref = ANY(%(carrier_refs)s) ORDER BY ref;

-- name: runs
SELECT ref, status, until_on, payments, bills, total, currency, proposed_by, released_at, changed_at
  FROM payment_runs ORDER BY changed_at DESC, ref LIMIT %(limit)s;

-- name: payees
SELECT ref FROM payees ORDER BY (coalesce(open_changes, 0) > 0) DESC, changed_at DESC LIMIT %(limit)s;

-- name: periods
SELECT ref, status, ends_on, closed_by, closed_at FROM periods ORDER BY ref DESC LIMIT %(limit)s;

-- name: open_from
SELECT max(ends_on) FROM periods WHERE status = 'closed';

-- name: accruals
-- What is accrued for each shipment, and what open disputes contest of it.
SELECT s.ref, s.accrued, s.accrued_currency, coalesce(s.provisional, false), s.carrier_ref,
       (SELECT coalesce(sum(b.disputed), 0) FROM freight_bills b
         WHERE b.shipment_ref = s.ref AND b.currency = s.accrued_currency
           AND b.status IN ('stopped', 'short_paid') AND b.disputed > 0)
  FROM shipments s WHERE s.accrued <> 0 ORDER BY abs(s.accrued) DESC, s.ref LIMIT %(limit)s;

-- name: exposure
-- The same over all shipments, by currency and reason, as kpis.exposure adds it up: of what is
-- accrued a dispute contests at most all, and never less than nothing.
SELECT currency, count(*), sum(accrued), sum(disputed),
       coalesce(sum(accrued - disputed) FILTER (WHERE NOT provisional), 0),
       coalesce(sum(accrued - disputed) FILTER (WHERE provisional), 0)
  FROM (SELECT s.accrued_currency AS currency, s.accrued,
               coalesce(s.provisional, false) AS provisional,
               greatest(0, least(coalesce(b.disputed, 0), s.accrued)) AS disputed
          FROM shipments s
          LEFT JOIN (SELECT shipment_ref, currency, sum(disputed) AS disputed FROM freight_bills
                      WHERE status IN ('stopped', 'short_paid') AND disputed > 0
                      GROUP BY shipment_ref, currency) b
            ON b.shipment_ref = s.ref AND b.currency = s.accrued_currency
         WHERE s.accrued <> 0) open_now
 GROUP BY currency ORDER BY currency;

-- name: accrued_total
SELECT accrued_currency, count(*), sum(accrued) FROM shipments WHERE accrued <> 0
 GROUP BY accrued_currency ORDER BY accrued_currency;

-- name: provisional_total
-- Shipments to be picked up in the period or earlier whose accrual is provisional.
SELECT accrued_currency, count(*), sum(accrued) FROM shipments
 WHERE accrued <> 0 AND provisional AND pickup_due_at < %(before)s
 GROUP BY accrued_currency ORDER BY accrued_currency;

-- name: balance
-- What an account shows, by currency: debits above zero.
SELECT currency, sum(amount) FROM entry_lines WHERE account = %(account)s
 GROUP BY currency HAVING sum(amount) <> 0 ORDER BY currency;

-- name: unposted
-- Documents that the ERP should hold and does not yet.
SELECT count(*) FROM deliveries
 WHERE kind IN ('PostJournal', 'PostVoucher', 'PostInvoice')
   AND state IN ('ready', 'claimed', 'unsure', 'dead') AND created_at < %(before)s;

-- name: rejected
SELECT count(*) FROM deliveries
 WHERE state IN ('rejected', 'unsure', 'dead') AND lane = 'finance' AND created_at < %(before)s;

-- name: differences
SELECT coalesce(currency, ''), count(*), sum(amount) FROM cases
 WHERE settled_at IS NULL AND kind = 'erp_difference' AND opened_at < %(before)s GROUP BY 1 ORDER BY 1;

-- name: cases_with_money
SELECT currency, count(*), sum(amount) FROM cases
 WHERE settled_at IS NULL AND amount <> 0 AND opened_at < %(before)s GROUP BY 1 ORDER BY 1;

-- name: unbilled
-- Shipments that earned something in the period or earlier of which not all is invoiced by now.
SELECT currency, count(*), sum(earned)
  FROM (SELECT l.currency, e.shipment_ref, sum(l.amount) AS earned
          FROM entry_lines l JOIN entries e USING (entry_ref)
         WHERE l.account = 'unbilled_receivable'
         GROUP BY 1, 2 HAVING sum(l.amount) <> 0 AND min(e.posted_on) <= %(ends_on)s) AS open
 GROUP BY 1 ORDER BY 1;
