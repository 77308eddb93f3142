-- Modes: which flows are not live, what they keep back, and what of it waits for a decision.

-- name: in_force
SELECT system, flow, mode FROM flow_modes ORDER BY system, flow;

-- name: set
INSERT INTO flow_modes (system, flow, mode) VALUES (%(system)s, %(flow)s, %(after)s)
    ON CONFLICT (system, flow) DO UPDATE SET mode = excluded.mode;

-- name: unset
DELETE FROM flow_modes WHERE system = %(system)s AND flow = %(flow)s;

-- name: note
INSERT INTO flow_mode_changes (system, flow, before, after, said_by, because, company_version,
                               changed_at)
VALUES (%(system)s, %(flow)s, %(before)s, %(after)s, %(by)s, %(because)s, %(version)s, %(at)s);

-- name: changes
SELECT system, flow, before, after, said_by, because, company_version, changed_at
  FROM flow_mode_changes ORDER BY change_id DESC LIMIT %(limit)s;

-- name: mode_of
SELECT flow_mode(%(system)s, %(flow)s);

-- name: keep_back
-- The heads of their streams that must not go out, claimed until this transaction ends them. The
-- kinds are found once; where every flow of the system is live, no delivery is looked at.
WITH heads AS (
  SELECT d.delivery_id FROM deliveries d
   WHERE EXISTS (SELECT FROM flow_modes WHERE system = %(system)s AND mode <> 'live')
     AND d.system = %(system)s AND d.lane = %(lane)s AND d.state = 'ready'
     AND d.kind = ANY (ARRAY(SELECT kind FROM unnest(%(kinds)s::text[]) AS kind
                              WHERE flow_mode(%(system)s, kind) <> 'live'))
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
   SET state = 'claimed', claim = nextval('delivery_claims'), lease_until = %(now)s,
       kept_back = CASE WHEN t.attempts = 0 THEN flow_mode(t.system, t.kind) ELSE '' END
  FROM heads WHERE t.delivery_id = heads.delivery_id
RETURNING t.delivery_id, t.claim, t.stream_kind, t.stream_ref, t.business_key, t.kind, t.payload,
          t.attempts, t.outcome_unknown, t.kept_back;

-- name: end_waiting
-- Before the modes of a system change: what came under a mode that sends nothing never goes out.
UPDATE deliveries
   SET state = 'skipped', kept_back = flow_mode(system, kind),
       error = 'not sent: ' || flow_mode(system, kind)
 WHERE system = %(system)s AND state = 'ready' AND attempts = 0
   AND flow_mode(system, kind) <> 'live'
RETURNING delivery_id;

-- name: doubt
-- What was tried while its flow was live, and was left open when it was not, is asked about.
UPDATE deliveries
   SET state = 'unsure', lease_until = NULL, error = %(text)s
 WHERE system = %(system)s AND attempts > 0 AND flow_mode(system, kind) <> 'live'
   AND (state = 'ready' OR (state = 'claimed' AND lease_until < %(now)s))
RETURNING stream_kind, stream_ref, business_key;

-- name: undecided
-- What was never sent, and nobody has said what is to become of it.
SELECT delivery_id, system, kind, business_key, stream_kind, stream_ref, kept_back, created_at,
       (SELECT m.message_ref FROM messages m
         WHERE m.delivery_id = d.delivery_id AND m.outcome = 'shadow'
         ORDER BY m.message_id DESC LIMIT 1)
  FROM deliveries d
 WHERE kept_back <> '' AND state = 'skipped' AND settled_at IS NULL
   AND (%(system)s = '' OR system = %(system)s)
 ORDER BY delivery_id DESC LIMIT %(limit)s;

-- name: standing
-- By system and kind: what waits to go out, what is on its way, what nobody decided about.
SELECT system, kind, count(*) FILTER (WHERE state = 'ready'),
       count(*) FILTER (WHERE state = 'claimed'),
       count(*) FILTER (WHERE kept_back <> '' AND state = 'skipped')
  FROM (SELECT system, kind, state, kept_back FROM deliveries
         WHERE system = ANY(%(systems)s) AND state IN ('ready', 'claimed')
         UNION ALL
        SELECT system, kind, state, kept_back FROM deliveries
         WHERE system = ANY(%(systems)s) AND kept_back <> '' AND state = 'skipped'
           AND settled_at IS NULL) AS open
 GROUP BY system, kind ORDER BY system, kind;
