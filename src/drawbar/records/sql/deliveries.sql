-- Deliveries: the queue. A row is claimed with a lease and a fencing number; what became of it is
-- written only where the claim still matches. Rows of one stream go out one after the other.

-- name: put_out
-- Once per business key of a system.
INSERT INTO deliveries (system, lane, stream_kind, stream_ref, business_key, kind, payload,
                        payload_hash, depart_at, fact_id, message_ref, created_at, due_at)
VALUES (%(system)s, %(lane)s, %(stream_kind)s, %(stream_ref)s, %(business_key)s, %(kind)s,
        %(payload)s, %(payload_hash)s, %(depart_at)s, %(fact_id)s, %(message_ref)s,
        %(created_at)s, %(created_at)s)
    ON CONFLICT (system, business_key) DO NOTHING;

-- name: different
-- Keys that are taken by something else than what was asked for.
SELECT d.system, d.business_key
  FROM unnest(%(system)s::text[], %(business_key)s::text[], %(payload_hash)s::bytea[])
         AS asked (system, business_key, payload_hash)
  JOIN deliveries d USING (system, business_key)
 WHERE d.payload_hash <> asked.payload_hash;

-- name: expire
-- A lease ran out: its worker is gone or slow. It may have been done, so the next one finds first.
UPDATE deliveries
   SET state = 'ready', outcome_unknown = true, due_at = %(now)s, lease_until = NULL
 WHERE system = %(system)s AND lane = %(lane)s AND state = 'claimed' AND lease_until < %(now)s;

-- name: in_flight
SELECT count(*) FROM deliveries
 WHERE system = %(system)s AND lane = %(lane)s AND state = 'claimed';

-- name: claim
-- The heads of their streams, the soonest departure first. A row with an open earlier row of its
-- stream is no head, whatever that one waits for; rows that another claims just now are left to it.
WITH heads AS (
  SELECT d.delivery_id FROM deliveries d
   WHERE d.system = %(system)s AND d.lane = %(lane)s AND d.state = 'ready' AND d.due_at <= %(now)s
     AND NOT EXISTS (SELECT FROM deliveries earlier
                      WHERE earlier.system = d.system AND earlier.lane = d.lane
                        AND earlier.stream_ref = d.stream_ref
                        AND earlier.stream_kind = d.stream_kind
                        AND earlier.delivery_id < d.delivery_id
                        AND earlier.state NOT IN ('confirmed', 'skipped'))
   ORDER BY d.depart_at, d.delivery_id
   LIMIT %(limit)s FOR UPDATE OF d SKIP LOCKED
)
UPDATE deliveries t
   SET state = 'claimed', claim = nextval('delivery_claims'), lease_until = %(lease_until)s,
       attempts = attempts + 1
  FROM heads WHERE t.delivery_id = heads.delivery_id
RETURNING t.delivery_id, t.claim, t.stream_kind, t.stream_ref, t.business_key, t.kind, t.payload,
          t.attempts, t.outcome_unknown, t.depart_at;

-- name: extend
-- We are still at it; a claim that was lost stays lost.
UPDATE deliveries d SET lease_until = %(lease_until)s
  FROM unnest(%(ids)s::bigint[], %(claims)s::bigint[]) AS mine (delivery_id, claim)
 WHERE d.delivery_id = mine.delivery_id AND d.claim = mine.claim AND d.state = 'claimed';

-- name: settle
-- What became of claimed rows; of a row that was claimed anew meanwhile, nothing is written.
UPDATE deliveries d
   SET state = r.state, outcome_unknown = r.outcome_unknown, due_at = r.due_at,
       document = r.document, error = r.error, lease_until = NULL,
       settled_at = CASE WHEN r.state = 'confirmed' THEN %(now)s END
  FROM unnest(%(ids)s::bigint[], %(claims)s::bigint[], %(states)s::text[], %(unknowns)s::bool[],
              %(dues)s::timestamptz[], %(documents)s::text[], %(errors)s::text[])
         AS r (delivery_id, claim, state, outcome_unknown, due_at, document, error)
 WHERE d.delivery_id = r.delivery_id AND d.claim = r.claim AND d.state = 'claimed'
RETURNING d.delivery_id;

-- name: hurry
-- The far side is well again: what waited for a later try goes now.
UPDATE deliveries SET due_at = %(now)s
 WHERE system = %(system)s AND lane = %(lane)s AND state = 'ready' AND due_at > %(now)s;

-- name: resolve
-- A person decides about a row that does not go on by itself.
UPDATE deliveries
   SET state = %(state)s, outcome_unknown = %(outcome_unknown)s, due_at = %(now)s,
       document = %(document)s, settled_by = %(by)s,
       settled_at = CASE WHEN %(state)s::text <> 'ready' THEN %(now)s END
 WHERE delivery_id = %(delivery_id)s AND state IN ('ready', 'rejected', 'unsure', 'dead')
RETURNING system, lane, stream_kind, stream_ref, business_key, kind;
