-- What people look up. Every list goes along an index, newest first, a page at a time.

-- name: timeline
-- The steps of some streams: facts with their notes, messages, deliveries, cases, entries.
WITH asked AS MATERIALIZED (
  SELECT * FROM unnest(%(kinds)s::text[], %(refs)s::text[]) AS asked (kind, ref)
), touched AS MATERIALIZED (
  SELECT f.fact_id, f.key, f.name, f.happened_at, f.learned_at, f.message_ref, f.place,
         array_agg(n.note ORDER BY s.version) FILTER (WHERE n.note IS NOT NULL) AS notes
    FROM asked JOIN fact_streams s USING (kind, ref) JOIN facts f USING (fact_id)
    LEFT JOIN LATERAL unnest(s.notes) AS n (note) ON true
   GROUP BY f.fact_id
), due AS MATERIALIZED (
  SELECT d.* FROM asked JOIN deliveries d ON d.stream_ref = asked.ref AND d.stream_kind = asked.kind
)
SELECT * FROM (
  SELECT 'fact' AS what, key AS ref, name, happened_at, learned_at, '' AS status,
         coalesce(notes, '{}') AS notes, message_ref, place, 0 AS attempts FROM touched
  UNION ALL
  SELECT 'message', message_ref, channel, learned_at, learned_at, outcome,
         CASE WHEN error = '' THEN '{}' ELSE ARRAY[error] END, message_ref, direction, times
    FROM messages
   WHERE message_ref IN (SELECT message_ref FROM touched)
      OR delivery_id IN (SELECT delivery_id FROM due)
  UNION ALL
  SELECT 'delivery', delivery_id::text, kind, created_at, coalesce(settled_at, created_at), state,
         array_remove(ARRAY[nullif(error, ''), nullif(document, '')], NULL), message_ref,
         system || ' ' || lane, attempts
    FROM due
  UNION ALL
  SELECT 'case', c.case_id::text, c.kind, c.opened_at, coalesce(c.settled_at, c.opened_at),
         CASE WHEN c.settled_at IS NULL THEN 'open' ELSE 'settled' END,
         array_remove(ARRAY[c.text, nullif(c.because, '')], NULL), c.message_ref, c.item, 0
    FROM asked JOIN cases c ON c.subject_ref = asked.ref AND c.subject_kind = asked.kind
  UNION ALL
  SELECT 'entry', e.entry_ref, e.purpose, e.booked_at, e.booked_at, '',
         array_remove(ARRAY[nullif(e.text, '')], NULL), '', '', 0
    FROM asked JOIN entries e ON e.about_ref = asked.ref AND e.about_kind = asked.kind
) AS steps
 ORDER BY happened_at, learned_at, what, ref LIMIT %(limit)s;

-- name: cases
SELECT case_id, kind, subject_kind, subject_ref, item, cause, text, remedy, owner, due_at, amount,
       currency, message_ref, opened_at, settled_at, because, settled_by
  FROM cases
 WHERE settled_at IS NULL AND case_id < %(before)s AND %(owner)s IN ('', owner)
   AND %(kind)s IN ('', kind) AND %(cause)s IN ('', cause)
 ORDER BY case_id DESC LIMIT %(limit)s;

-- name: deliveries
SELECT delivery_id, system, lane, stream_kind, stream_ref, business_key, kind, state,
       outcome_unknown, attempts, document, error, created_at, due_at, settled_at
  FROM deliveries
 WHERE delivery_id < %(before)s AND %(system)s IN ('', system) AND %(lane)s IN ('', lane)
   AND %(state)s IN ('', state)
 ORDER BY delivery_id DESC LIMIT %(limit)s;

-- name: messages
SELECT message_id, message_ref, direction, channel, sender, key, outcome, times, facts,
       length(body) AS size, learned_at, edited_from, author, error
  FROM messages
 WHERE message_id < %(before)s AND %(outcome)s IN ('', outcome) AND %(channel)s IN ('', channel)
   AND %(direction)s IN ('', direction)
 ORDER BY message_id DESC LIMIT %(limit)s;

-- name: dead_facts
SELECT dead_id, key, name, why, message_ref, place, error, died_at FROM dead_facts
 WHERE replayed_at IS NULL AND dead_id < %(before)s
 ORDER BY dead_id DESC LIMIT %(limit)s;

-- name: parked
SELECT p.fact_id, f.key, f.name, f.message_ref, p.parked_at, p.until,
       (SELECT coalesce(array_agg(upper(k.kind) || ' ' || k.value ORDER BY k.kind, k.value), '{}')
          FROM parked_keys k WHERE k.fact_id = p.fact_id) AS names
  FROM parked p JOIN facts f USING (fact_id)
 WHERE p.fact_id < %(before)s ORDER BY p.fact_id DESC LIMIT %(limit)s;

-- name: deadlines
SELECT kind, ref, name, due_at FROM deadlines WHERE due_at <= %(until)s
 ORDER BY due_at, kind, ref, name LIMIT %(limit)s;

-- name: balances
-- Debits above zero; balanced entries make all of a currency come to nothing.
SELECT l.account, l.currency, sum(l.amount) AS amount, count(*) AS lines
  FROM entry_lines l JOIN entries e USING (entry_ref)
 WHERE (%(until)s::date IS NULL OR e.document_on <= %(until)s)
   AND (%(shipment_ref)s = '' OR e.shipment_ref = %(shipment_ref)s)
 GROUP BY l.account, l.currency ORDER BY l.account, l.currency;

-- name: exposures
SELECT ref AS customer_ref, exposure, currency, coalesce(held, 0) AS held FROM customers
 WHERE exposure IS NOT NULL ORDER BY exposure DESC, ref;

-- name: counts
-- What grows without end is known by its last number, what is open is counted along its index.
SELECT (SELECT coalesce(max(fact_id), 0) FROM facts) AS facts,
       (SELECT coalesce(max(message_id), 0) FROM messages) AS messages,
       (SELECT count(*) FROM cases WHERE settled_at IS NULL) AS cases_open,
       (SELECT count(*) FROM deliveries WHERE state NOT IN ('confirmed', 'skipped'))
         AS deliveries_open,
       (SELECT count(*) FROM deliveries WHERE state IN ('rejected', 'unsure', 'dead')
           AND state NOT IN ('confirmed', 'skipped')) AS deliveries_stuck,
       (SELECT count(*) FROM messages WHERE outcome = 'dead') AS dead_messages,
       (SELECT count(*) FROM dead_facts WHERE replayed_at IS NULL) AS dead_facts,
       (SELECT count(*) FROM parked) AS parked,
       (SELECT count(*) FROM pending) AS pending,
       (SELECT count(*) FROM deadlines) AS deadlines;

-- name: by_status
SELECT 'order', status, count(*) FROM orders WHERE status IS NOT NULL GROUP BY status
 UNION ALL
SELECT 'shipment', status, count(*) FROM shipments WHERE status IS NOT NULL GROUP BY status
 UNION ALL
SELECT 'freight_bill', status, count(*) FROM freight_bills WHERE status IS NOT NULL GROUP BY status
 UNION ALL
SELECT 'customer_invoice', status, count(*) FROM customer_invoices WHERE status IS NOT NULL
 GROUP BY status;
