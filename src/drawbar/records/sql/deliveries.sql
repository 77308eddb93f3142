-- Deliveries: the queue. A row is claimed with a lease and a fencing number; what became of it is
-- written only where the claim still matches. Rows of one stream go out one after the other.

-- name: known
-- What is under these keys already?
SELECT system, business_key, payload_hash FROM deliveries
 WHERE system = ANY(%(systems)s) AND business_key = ANY(%(business_keys)s);

-- name: expire
-- A lease ran out: its worker is gone or slow. It may have been done, so the next one finds first.
-- The order keeps it on the index of claimed rows, however many others wait.
UPDATE deliveries
   SET state = 'ready', outcome_unknown = true, due_at = %(now)s, lease_until = NULL
 WHERE delivery_id = ANY (ARRAY(
         SELECT delivery_id FROM deliveries
          WHERE system = %(system)s AND lane = %(lane)s AND state = 'claimed'
            AND lease_until < %(now)s
          ORDER BY lease_until LIMIT 1000))
   AND state = 'claimed' AND lease_until < %(now)s;

-- name: in_flight
SELECT count(*) FROM (SELECT lease_until FROM deliveries
                       WHERE system = %(system)s AND lane = %(lane)s AND state = 'claimed'
                       ORDER BY lease_until LIMIT 100000) AS claimed;

-- name: claim
-- The heads of their streams, the soonest departure first. A row with an open earlier row of its
-- stream is no head, whatever that one waits for; rows that another claims just now are left to it.
-- The head is asked for row by row, so that no stale statistics can turn it into a join. What its
-- flow keeps back is never claimed here, whoever asks.
WITH heads AS (
  SELECT d.delivery_id FROM deliveries d
   WHERE d.system = %(system)s AND d.lane = %(lane)s AND d.state = 'ready' AND d.due_at <= %(now)s
     AND flow_mode(d.system, d.kind) = 'live'
     AND d.delivery_id =
         (SELECT earliest.delivery_id FROM deliveries earliest
           WHERE earliest.system = d.system AND earliest.lane = d.lane
             AND earliest.stream_ref = d.stream_ref AND earliest.stream_kind = d.stream_kind
             AND earliest.state NOT IN ('confirmed', 'skipped')
           ORDER BY earliest.delivery_id LIMIT 1)
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
-- A person decides about a row that does not go on by itself, or was never sent.
UPDATE deliveries
   SET state = %(state)s, outcome_unknown = %(outcome_unknown)s, due_at = %(now)s,
       document = %(document)s, settled_by = %(by)s,
       kept_back = CASE WHEN %(state)s::text = 'skipped' THEN kept_back ELSE '' END,
       settled_at = CASE WHEN %(state)s::text <> 'ready' THEN %(now)s END
 WHERE delivery_id = %(delivery_id)s
   AND (state IN ('ready', 'rejected', 'unsure', 'dead')
        OR (state = 'skipped' AND kept_back <> '' AND settled_at IS NULL))
RETURNING system, lane, stream_kind, stream_ref, business_key, kind;

-- name: take_over
-- No other worker lives: whatever was on its way may have been done, and need not wait for its
-- lease. The claim is lost, so a result that comes back after all is refused.
UPDATE deliveries
   SET state = 'ready', outcome_unknown = true, due_at = %(now)s, lease_until = NULL
 WHERE state = 'claimed';

-- name: open_lanes
-- Where anything waits for anybody, by leaping along the index of open rows.
WITH RECURSIVE leap AS (
  (SELECT system, lane FROM deliveries WHERE state NOT IN ('confirmed', 'skipped')
    ORDER BY system, lane LIMIT 1)
  UNION ALL
  SELECT further.system, further.lane
    FROM leap, LATERAL (SELECT d.system, d.lane FROM deliveries d
                         WHERE d.state NOT IN ('confirmed', 'skipped')
                           AND (d.system, d.lane) > (leap.system, leap.lane)
                         ORDER BY d.system, d.lane LIMIT 1) AS further
)
SELECT system, lane FROM leap;
