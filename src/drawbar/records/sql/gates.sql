-- Gates: may anything go out to a system in a lane now?

-- name: make
INSERT INTO gates (system, lane) VALUES (%(system)s, %(lane)s) ON CONFLICT DO NOTHING;

-- name: lock
-- Whoever claims at this gate comes one after the other: limits hold for all of them together.
SELECT system, lane, held, held_until, held_by, held_why, rate, burst, tokens, tokens_at,
       concurrency, circuit, failures, probe_at, opened_at
  FROM gates WHERE system = %(system)s AND lane = %(lane)s FOR UPDATE;

-- name: list
SELECT system, lane, held, held_until, held_by, held_why, rate, burst, tokens, tokens_at,
       concurrency, circuit, failures, probe_at, opened_at
  FROM gates ORDER BY system, lane;

-- name: spend
UPDATE gates SET tokens = %(tokens)s, tokens_at = %(now)s
 WHERE system = %(system)s AND lane = %(lane)s;

-- name: limit
INSERT INTO gates (system, lane, rate, burst, concurrency, tokens)
VALUES (%(system)s, %(lane)s, %(rate)s, %(burst)s, %(concurrency)s, %(burst)s)
    ON CONFLICT (system, lane) DO UPDATE
   SET rate = excluded.rate, burst = excluded.burst, concurrency = excluded.concurrency;

-- name: hold
INSERT INTO gates (system, lane, held, held_until, held_by, held_why)
VALUES (%(system)s, %(lane)s, %(held)s, %(until)s, %(by)s, %(why)s)
    ON CONFLICT (system, lane) DO UPDATE
   SET held = excluded.held, held_until = excluded.held_until, held_by = excluded.held_by,
       held_why = excluded.held_why;

-- name: answered
-- The far side answered: forget the failures. No row where there were none, so nobody waits.
UPDATE gates SET circuit = 'closed', failures = 0, probe_at = NULL, opened_at = NULL
 WHERE system = %(system)s AND lane = %(lane)s AND (failures > 0 OR circuit <> 'closed');

-- name: circuit
UPDATE gates
   SET circuit = %(circuit)s, failures = %(failures)s, probe_at = %(probe_at)s,
       opened_at = %(opened_at)s
 WHERE system = %(system)s AND lane = %(lane)s;
