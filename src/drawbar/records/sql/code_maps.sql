-- What a partner's words mean, said by people: the newest entry of a word holds.

-- name: lock
-- Whoever adds comes one after the other, so that a higher number is also the later word.
SELECT pg_advisory_xact_lock(hashtext('code_maps'));

-- name: add
INSERT INTO code_maps (system, code_table, code, meaning, said_by, because, said_at, valid_from)
VALUES (%(system)s, %(table)s, %(code)s, %(meaning)s, %(said_by)s, %(because)s, %(said_at)s, %(valid_from)s)
RETURNING map_id;

-- name: newest
SELECT coalesce(max(map_id), 0) FROM code_maps;

-- name: in_force
-- The newest entry of each first day: a bill goes by the latest first day before its own.
SELECT DISTINCT ON (system, code_table, code, valid_from)
       system, code_table, code, meaning, said_by, because, said_at, valid_from, map_id
  FROM code_maps ORDER BY system, code_table, code, valid_from NULLS FIRST, map_id DESC;

-- name: waiting
-- Every unknown word with open cases: how many, since when, of which messages. The problem in the
-- message says which word it is; the case says that it is still open.
SELECT p.problem->>'system', p.problem->>'table', p.problem->>'code', count(DISTINCT c.case_id),
       count(DISTINCT c.message_ref), min(c.opened_at), min(c.case_id), min(c.text)
  FROM cases c
  JOIN messages m ON m.message_ref = c.message_ref
 CROSS JOIN LATERAL jsonb_array_elements(m.problems) AS p (problem)
 WHERE c.kind = 'unknown_code' AND c.settled_at IS NULL AND p.problem->>'cause' = c.cause
   AND coalesce(p.problem->>'table', '') <> ''
   AND (%(case_id)s::bigint IS NULL OR c.case_id = %(case_id)s)
 GROUP BY 1, 2, 3 ORDER BY 4 DESC, 6;

-- name: members
-- The messages that one entry mends, the oldest first.
SELECT DISTINCT m.message_id, m.message_ref
  FROM cases c
  JOIN messages m ON m.message_ref = c.message_ref
 CROSS JOIN LATERAL jsonb_array_elements(m.problems) AS p (problem)
 WHERE c.kind = 'unknown_code' AND c.settled_at IS NULL AND p.problem->>'cause' = c.cause
   AND p.problem->>'system' = %(system)s AND p.problem->>'table' = %(table)s
   AND p.problem->>'code' = %(code)s
 ORDER BY m.message_id LIMIT %(limit)s;

-- name: cases_of_word
SELECT DISTINCT c.case_id
  FROM cases c
  JOIN messages m ON m.message_ref = c.message_ref
 CROSS JOIN LATERAL jsonb_array_elements(m.problems) AS p (problem)
 WHERE c.kind = 'unknown_code' AND c.settled_at IS NULL AND p.problem->>'cause' = c.cause
   AND p.problem->>'system' = %(system)s AND p.problem->>'table' = %(table)s
   AND p.problem->>'code' = %(code)s;

-- name: sign
-- Who gave the code its meaning has settled what reading again closed.
UPDATE cases SET settled_by = %(by)s, because = %(because)s
 WHERE case_id = ANY(%(case_ids)s::bigint[]) AND settled_at IS NOT NULL AND settled_by = '';
