-- What the desks look up. Every list is read along an index, newest last names first.

-- name: touched_by_message
-- The streams that a message became part of.
SELECT DISTINCT s.kind, s.ref FROM fact_streams s JOIN facts f USING (fact_id)
 WHERE f.message_ref = %(message_ref)s;

-- name: named
-- The streams that bear one of these names, whatever kind of name it is.
SELECT stream_kind, stream_ref, kind, spelled FROM names
 WHERE kind = ANY(%(kinds)s) AND value = ANY(%(values)s)
 ORDER BY stream_kind, stream_ref LIMIT %(limit)s;

-- name: named_without_zeros
-- PRO numbers whose leading zeros somebody left out.
SELECT stream_kind, stream_ref, kind, spelled FROM names
 WHERE kind = 'pro' AND ltrim(value, '0') = ANY(%(values)s)
 ORDER BY stream_kind, stream_ref LIMIT %(limit)s;

-- name: by_own_reference
-- Streams by our own reference for them.
SELECT 'customer' AS kind, ref, NULL AS status FROM customers WHERE ref = ANY(%(refs)s)
 UNION ALL SELECT 'order', ref, status FROM orders WHERE ref = ANY(%(refs)s)
 UNION ALL SELECT 'shipment', ref, status FROM shipments WHERE ref = ANY(%(refs)s)
 UNION ALL SELECT 'freight_bill', ref, status FROM freight_bills WHERE ref = ANY(%(refs)s)
 UNION ALL SELECT 'customer_invoice', ref, status FROM customer_invoices WHERE ref = ANY(%(refs)s)
 UNION ALL SELECT 'dispute', ref, status FROM disputes WHERE ref = ANY(%(refs)s)
 UNION ALL SELECT 'claim', ref, status FROM claims WHERE ref = ANY(%(refs)s);

-- name: by_document
-- The streams whose document bears a number in another system, or in our ledger.
SELECT stream_kind, stream_ref, document FROM deliveries
 WHERE document = ANY(%(refs)s) AND document <> ''
 UNION SELECT stream_kind, stream_ref, business_key FROM deliveries
 WHERE business_key = ANY(%(refs)s)
 UNION SELECT about_kind, about_ref, entry_ref FROM entries WHERE entry_ref = ANY(%(refs)s);

-- name: is_message
SELECT message_ref FROM messages WHERE message_ref = ANY(%(refs)s);

-- name: story
-- What happened to some streams, in the order in which we learned it.
SELECT f.key, f.name, f.happened_at, f.learned_at, f.local_at, f.message_ref, f.place,
       array_agg(note ORDER BY s.kind, s.ref, number) FILTER (WHERE note IS NOT NULL) AS notes
  FROM fact_streams s JOIN facts f USING (fact_id)
  LEFT JOIN unnest(s.notes) WITH ORDINALITY AS said (note, number) ON true
 WHERE (s.kind, s.ref) IN (SELECT * FROM unnest(%(kinds)s::text[], %(refs)s::text[]))
 GROUP BY f.fact_id ORDER BY f.fact_id LIMIT %(limit)s;

-- name: deliveries_of
SELECT delivery_id, system, lane, stream_kind, stream_ref, business_key, kind, state, document, error,
       attempts, created_at, due_at, settled_at
  FROM deliveries
 WHERE (stream_kind, stream_ref) IN (SELECT * FROM unnest(%(kinds)s::text[], %(refs)s::text[]))
 ORDER BY delivery_id LIMIT %(limit)s;

-- name: cases_of
-- Open cases about some streams, the most urgent first.
SELECT case_id, kind, subject_kind, subject_ref, item, cause, text, remedy, owner, due_at, amount,
       currency, message_ref, opened_at
  FROM cases
 WHERE settled_at IS NULL
   AND (subject_kind, subject_ref) IN (SELECT * FROM unnest(%(kinds)s::text[], %(refs)s::text[]))
 ORDER BY due_at, case_id;

-- name: entries_of
-- The ledger lines of a shipment, entry by entry.
SELECT e.entry_ref, e.purpose, e.document_on, e.about_kind, e.about_ref, e.reverses, e.text,
       e.booked_at, coalesce(f.key, ''), l.account, l.amount, l.currency
  FROM entries e JOIN entry_lines l USING (entry_ref) LEFT JOIN facts f USING (fact_id)
 WHERE e.shipment_ref = %(ref)s ORDER BY e.entry_id, l.number;

-- name: messages_of
-- The messages in and out of some streams, in order.
SELECT message_ref, direction, channel, sender, learned_at, outcome, delivery_id
  FROM messages
 WHERE message_ref IN
       (SELECT f.message_ref FROM fact_streams s JOIN facts f USING (fact_id)
         WHERE (s.kind, s.ref) IN (SELECT * FROM unnest(%(kinds)s::text[], %(refs)s::text[])))
    OR delivery_id IN
       (SELECT delivery_id FROM deliveries WHERE (stream_kind, stream_ref)
            IN (SELECT * FROM unnest(%(kinds)s::text[], %(refs)s::text[])))
 ORDER BY message_id LIMIT %(limit)s;

-- name: bills_of
SELECT ref FROM freight_bills WHERE shipment_ref = %(ref)s ORDER BY ref;

-- name: contested_of
-- The disputes and claims about a shipment.
SELECT 'dispute', ref FROM disputes WHERE shipment_ref = %(ref)s
 UNION ALL SELECT 'claim', ref FROM claims WHERE shipment_ref = %(ref)s;

-- name: invoices_of
-- Those that are for a shipment alone or among others; each is one of its names.
SELECT ref, status, number, total, currency, due_on FROM customer_invoices
 WHERE ref IN (SELECT spelled FROM names
                WHERE stream_ref = %(ref)s AND stream_kind = 'shipment' AND kind = 'invoice')
 ORDER BY ref;

-- name: message
SELECT message_ref, direction, channel, sender, key, content_type, body, sha256, learned_at, outcome,
       times, last_at, problems, error, edited_from, author, reason, delivery_id
  FROM messages WHERE message_ref = %(message_ref)s;

-- name: standing_of_message
-- How many facts a message told, how many of them wait, and how many could not be applied.
SELECT (SELECT count(*) FROM facts WHERE message_ref = %(message_ref)s),
       (SELECT count(*) FROM facts f JOIN parked USING (fact_id)
         WHERE f.message_ref = %(message_ref)s),
       (SELECT count(*) FROM dead_facts
         WHERE message_ref = %(message_ref)s AND why = 'poison' AND replayed_at IS NULL);

-- name: cases_of_message
-- What of a message needs a person.
SELECT item, text, remedy FROM cases
 WHERE message_ref = %(message_ref)s AND settled_at IS NULL AND kind = 'dead_letter'
 ORDER BY case_id LIMIT 20;

-- name: facts_of_message
SELECT key, name, happened_at, learned_at, place FROM facts
 WHERE message_ref = %(message_ref)s ORDER BY fact_id LIMIT 500;

-- name: fact
SELECT f.key, f.name, f.happened_at, f.learned_at, f.message_ref, f.place, f.body
  FROM fact_keys k JOIN facts f USING (fact_id) WHERE k.key = %(key)s;

-- name: streams_of_fact
SELECT s.kind, s.ref FROM fact_keys k JOIN fact_streams s USING (fact_id) WHERE k.key = %(key)s;

-- name: by_status
-- How many streams stand where, of each kind that has a status.
SELECT 'order' AS kind, status, count(*) FROM orders GROUP BY status
 UNION ALL SELECT 'shipment', status, count(*) FROM shipments GROUP BY status
 ORDER BY 1, 2;

-- name: bills_by_status
SELECT status, currency, count(*), sum(billed), sum(disputed) FROM freight_bills
 GROUP BY status, currency ORDER BY status, currency;

-- name: cases_by_owner
SELECT owner, currency, count(*), sum(amount), min(due_at) FROM cases
 WHERE settled_at IS NULL GROUP BY owner, currency ORDER BY owner, currency;

-- name: deliveries_open
-- What has not reached another system yet, by system, lane and state, with its oldest.
SELECT d.system, d.lane, d.state, count(*), min(d.created_at), bool_or(g.held), max(g.circuit)
  FROM deliveries d LEFT JOIN gates g USING (system, lane)
 WHERE d.state NOT IN ('confirmed', 'skipped')
 GROUP BY d.system, d.lane, d.state ORDER BY d.lane, d.system, d.state;

-- name: parked
-- Facts that wait for a name, by what they are.
SELECT f.name, count(*), min(p.parked_at) FROM parked p JOIN facts f USING (fact_id)
 GROUP BY f.name ORDER BY f.name;

-- name: deadlines
-- What comes true by itself at a time, by what it is about.
SELECT kind, count(*), min(due_at) FROM deadlines GROUP BY kind ORDER BY min(due_at);

-- name: parked_facts
-- Facts that wait for a name, the oldest first, with the names that would wake them.
SELECT f.key, f.name, f.message_ref, p.parked_at, p.until,
       array_agg(k.kind || ' ' || k.value ORDER BY k.kind, k.value) AS names
  FROM parked p JOIN facts f USING (fact_id) LEFT JOIN parked_keys k USING (fact_id)
 WHERE %(parked)s = '' OR f.name = %(parked)s
 GROUP BY p.fact_id, f.fact_id ORDER BY p.parked_at, p.fact_id LIMIT %(limit)s;

-- name: next_deadlines
-- What comes true by itself, the next first.
SELECT kind, ref, name, due_at FROM deadlines
 WHERE %(deadline)s = '' OR kind = %(deadline)s ORDER BY due_at, kind, ref, name LIMIT %(limit)s;

-- name: documents
-- Every document that another system must hold for us, and what that system said of it.
SELECT delivery_id, system, kind, stream_kind, stream_ref, business_key, state, document, error,
       created_at, settled_at
  FROM deliveries
 WHERE kind IN ('PostJournal', 'PostVoucher', 'PostInvoice') AND delivery_id < %(before)s
   AND (%(state)s = '' OR state = %(state)s)
 ORDER BY delivery_id DESC LIMIT %(limit)s;

-- name: documents_by_state
SELECT kind, state, count(*) FROM deliveries
 WHERE kind IN ('PostJournal', 'PostVoucher', 'PostInvoice') GROUP BY kind, state ORDER BY 1, 2;

-- name: fact_at_or_after
-- The first fact from this number on: looked up again and again to find a time in the sequence.
SELECT fact_id, learned_at FROM facts WHERE fact_id >= %(fact_id)s ORDER BY fact_id LIMIT 1;

-- name: last_fact
SELECT max(fact_id) FROM facts;

-- name: loads_touched
-- Loads that something happened to lately, and all that are delivered and not invoiced.
SELECT ref, version FROM shipments
 WHERE ref IN (SELECT ref FROM fact_streams WHERE kind = 'shipment' AND fact_id >= %(first)s
                UNION SELECT s.ref FROM shipments s
                       WHERE s.status = 'delivered'
                         AND s.unbilled IS NOT NULL)
 ORDER BY ref;

-- name: loads_with_begin
-- Whole loads, each with when we first heard of it.
SELECT s.ref, s.version, s.body,
       (SELECT f.learned_at FROM fact_streams t JOIN facts f USING (fact_id)
         WHERE t.kind = 'shipment' AND t.ref = s.ref ORDER BY t.fact_id LIMIT 1)
  FROM shipments s WHERE s.ref = ANY(%(refs)s) ORDER BY s.ref;

-- name: bills_touched
-- Bills that something happened to lately, and all that wait or are contested.
SELECT b.ref, b.decided_at, b.status, b.touchless, b.recycled, b.billed, b.disputed, b.currency,
       (SELECT f.learned_at FROM fact_streams t JOIN facts f USING (fact_id)
         WHERE t.kind = 'freight_bill' AND t.ref = b.ref ORDER BY t.fact_id LIMIT 1)
  FROM freight_bills b
 WHERE b.status <> 'recorded'
   AND (b.ref IN (SELECT ref FROM fact_streams WHERE kind = 'freight_bill' AND fact_id >= %(first)s)
        OR b.status IN ('waiting_shipment', 'waiting_events', 'stopped', 'short_paid'))
 ORDER BY b.ref;

-- name: accruals
-- What each load still has accrued, what of it became a voucher, and what bills contest.
SELECT e.shipment_ref, l.currency,
       -coalesce(sum(l.amount) FILTER (WHERE e.purpose <> 'bill_approved'), 0),
       coalesce(sum(l.amount) FILTER (WHERE e.purpose = 'bill_approved'), 0),
       coalesce((SELECT sum(b.disputed) FROM freight_bills b
                  WHERE b.shipment_ref = e.shipment_ref AND b.currency = l.currency
                    AND b.status IN ('stopped', 'short_paid')), 0),
       min(e.booked_at)
  FROM entry_lines l JOIN entries e USING (entry_ref)
 WHERE l.account = 'freight_accrued'
 GROUP BY e.shipment_ref, l.currency HAVING sum(l.amount) <> 0
 ORDER BY e.shipment_ref, l.currency;

-- name: loads_in_words
SELECT ref, status, coalesce(customer_ref, ''), coalesce(carrier_ref, ''),
       coalesce(origin, '?') || ' → ' || coalesce(destination, '?')
  FROM shipments WHERE ref = ANY(%(refs)s);

-- name: bills_in_words
SELECT ref, status, coalesce(shipment_ref, ''), coalesce(carrier_ref, ''),
       'invoice ' || coalesce(invoice_number, '?') || coalesce(', ' || reason, '')
  FROM freight_bills WHERE ref = ANY(%(refs)s);

-- name: live
-- What we learned last, with one of the stories that it belongs to.
SELECT f.key, f.name, f.happened_at, f.learned_at, f.message_ref, s.kind, s.ref,
       coalesce(s.notes[1], '')
  FROM (SELECT fact_id, key, name, happened_at, learned_at, message_ref FROM facts
         WHERE name NOT IN ('DeliveryConfirmed', 'AckReceived', 'DocumentSeen')
         ORDER BY fact_id DESC LIMIT %(limit)s) AS f
  LEFT JOIN LATERAL (SELECT kind, ref, notes FROM fact_streams
                      WHERE fact_id = f.fact_id
                      ORDER BY kind = 'shipment' DESC, kind = 'freight_bill' DESC, kind
                      LIMIT 1) AS s ON true
 ORDER BY f.fact_id DESC;

-- name: settled_of
-- The case about some streams that was settled last.
SELECT kind, text, owner, settled_at, settled_by, because, case_id
  FROM cases
 WHERE settled_at IS NOT NULL
   AND (cardinality(%(case_kinds)s::text[]) = 0 OR kind = ANY(%(case_kinds)s::text[]))
   AND (subject_kind, subject_ref) IN (SELECT * FROM unnest(%(kinds)s::text[], %(refs)s::text[]))
 ORDER BY settled_at DESC, case_id DESC LIMIT 1;

-- name: cases_by_cause
-- The open cases that one answer resolves, the most urgent first.
SELECT case_id, kind, subject_kind, subject_ref, item, cause, text, remedy, owner, due_at, amount,
       currency, message_ref, opened_at
  FROM cases WHERE settled_at IS NULL AND cause = %(cause)s ORDER BY due_at, case_id LIMIT 500;

-- name: settled_by_cause
SELECT kind, text, owner, settled_at, settled_by, because, case_id
  FROM cases WHERE settled_at IS NOT NULL AND cause = %(cause)s
 ORDER BY settled_at DESC, case_id DESC LIMIT 1;

-- name: urgent_cases
-- The oldest due open case of each kind.
SELECT DISTINCT ON (kind) case_id, kind, subject_kind, subject_ref, item, cause, text, remedy,
       owner, due_at, amount, currency, message_ref, opened_at
  FROM cases WHERE settled_at IS NULL ORDER BY kind, due_at, case_id;

-- name: system_waiting
-- What has not reached a system, since when, and whether its gates are shut.
SELECT count(*) FILTER (WHERE d.state NOT IN ('confirmed', 'skipped')),
       min(d.created_at) FILTER (WHERE d.state NOT IN ('confirmed', 'skipped')),
       max(d.settled_at) FILTER (WHERE d.state = 'confirmed' AND d.attempts > 1),
       count(*) FILTER (WHERE d.state = 'confirmed' AND d.attempts > 1),
       (SELECT coalesce(bool_or(g.held OR g.circuit <> 'closed'), false)
          FROM gates g WHERE g.system = %(system)s),
       (SELECT min(g.opened_at) FROM gates g WHERE g.system = %(system)s AND g.circuit <> 'closed')
  FROM deliveries d WHERE d.system = %(system)s;

-- name: every_case_of
-- All cases about some streams, also those that are closed, in the order in which they were opened.
SELECT case_id, kind, subject_kind, subject_ref, item, text, owner, opened_at, settled_at, because,
       settled_by, message_ref, coalesce((SELECT key FROM facts f WHERE f.fact_id = c.fact_id), '')
  FROM cases c
 WHERE (subject_kind, subject_ref) IN (SELECT * FROM unnest(%(kinds)s::text[], %(refs)s::text[]))
 ORDER BY opened_at, case_id;

-- name: next_stopped_bill
-- The next bill that waits for a decision, after this one; from the top again at the end.
SELECT ref FROM freight_bills
 WHERE status IN ('stopped', 'short_paid', 'duplicate') AND ref <> %(ref)s
   AND EXISTS (SELECT FROM cases c WHERE c.subject_ref = freight_bills.ref
                AND c.subject_kind = 'freight_bill' AND c.settled_at IS NULL)
 ORDER BY ref > %(ref)s, ref DESC LIMIT 1;

-- name: bills_like
-- The bills of a shipment that ended as duplicates.
SELECT ref FROM freight_bills
 WHERE shipment_ref = %(ref)s AND status = 'duplicate' ORDER BY ref;

-- name: carried
-- The delivery of a message, with all that was sent and answered for it.
SELECT d.kind, d.system, d.stream_kind, d.stream_ref, d.business_key, d.state,
       (SELECT array_agg(m.message_ref ORDER BY m.message_id) FROM messages m
         WHERE m.delivery_id = d.delivery_id)
  FROM deliveries d WHERE d.delivery_id = %(delivery_id)s;

-- name: bill_said_in
-- The message that a bill came in.
SELECT f.message_ref FROM fact_streams t JOIN facts f USING (fact_id)
 WHERE t.kind = 'freight_bill' AND t.ref = %(ref)s ORDER BY t.fact_id LIMIT 1;
