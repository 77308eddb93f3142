-- Facts and their keys.

-- name: known
-- Which of these keys do we know, and what did they say?
SELECT key, hash, fact_id FROM fact_keys WHERE key = ANY(%(keys)s);

-- name: bodies
SELECT fact_id, body FROM facts WHERE fact_id = ANY(%(fact_ids)s);

-- name: reserve
-- The next numbers of facts, in order.
SELECT nextval('facts_fact_id_seq') FROM generate_series(1, %(count)s);

-- name: raise_dead
-- Take dead facts back into work: each poison fact once.
WITH raised AS (
  UPDATE dead_facts SET replayed_at = %(now)s, replayed_by = %(by)s
   WHERE dead_id = ANY(%(dead_ids)s) AND replayed_at IS NULL AND why = 'poison'
  RETURNING fact_id
)
SELECT f.fact_id, f.history, f.body FROM raised JOIN facts f USING (fact_id) ORDER BY f.fact_id;
