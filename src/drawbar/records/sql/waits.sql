-- Parked facts, facts to decide next, deadlines.

-- name: take_pending
-- Gone with our commit, back with our rollback; what another works on is left to it.
DELETE FROM pending
 WHERE pending_id IN (SELECT pending_id FROM pending ORDER BY pending_id
                       LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
RETURNING pending_id, fact_id, why, history, since, body;

-- name: set_deadline
INSERT INTO deadlines (kind, ref, name, due_at, fact)
VALUES (%(kind)s, %(ref)s, %(name)s, %(due_at)s, %(fact)s)
    ON CONFLICT (kind, ref, name) DO UPDATE SET due_at = excluded.due_at, fact = excluded.fact;

-- name: clear_deadlines
DELETE FROM deadlines
 WHERE (kind, ref, name) IN (SELECT * FROM unnest(%(kinds)s::text[], %(refs)s::text[],
                                                  %(names)s::text[]));

-- name: only_one_fires
-- Two that fire the same things would only wait for each other.
SELECT pg_try_advisory_xact_lock(29793, 1000);

-- name: due_deadlines
SELECT kind, ref, name, due_at, fact FROM deadlines
 WHERE due_at <= %(now)s ORDER BY due_at, kind, ref, name LIMIT %(limit)s;

-- name: remove_deadlines
-- Under the lock of their streams: one that was moved or cleared meanwhile is left alone.
DELETE FROM deadlines
 WHERE (kind, ref, name, due_at) IN (SELECT * FROM unnest(%(kinds)s::text[], %(refs)s::text[],
                                       %(names)s::text[], %(due_ats)s::timestamptz[]))
RETURNING kind, ref, name;

-- name: due_parks
SELECT fact_id, expired FROM parked WHERE until <= %(now)s ORDER BY until, fact_id LIMIT %(limit)s;

-- name: remove_parks
DELETE FROM parked WHERE fact_id = ANY(%(fact_ids)s) RETURNING fact_id;
