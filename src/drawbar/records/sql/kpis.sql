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
