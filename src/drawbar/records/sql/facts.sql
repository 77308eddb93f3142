-- Facts and their keys.

-- name: known
-- Which of these keys do we know, and what did they say? Without a hash: it could not be applied.
SELECT key, hash, fact_id FROM fact_keys WHERE key = ANY(%(keys)s)
UNION ALL
SELECT DISTINCT key, NULL::bytea, NULL::bigint FROM dead_facts
 WHERE replayed_at IS NULL AND why = 'poison' AND key = ANY(%(keys)s);

-- name: bodies
SELECT fact_id, body FROM facts WHERE fact_id = ANY(%(fact_ids)s);

-- name: reserve
-- The next numbers of facts, in order.
SELECT nextval('facts_fact_id_seq') FROM generate_series(1, %(count)s);

-- name: release_keys
-- A key stands for a fact that was applied or still may be. One that died or waited in vain gives
-- it back: the same words, or better ones, may come again.
DELETE FROM fact_keys k USING facts f
 WHERE f.fact_id = ANY(%(fact_ids)s) AND k.key = f.key AND k.fact_id = f.fact_id;

-- name: risen
-- The fact was applied after all.
UPDATE dead_facts SET replayed_at = %(now)s
 WHERE replayed_at IS NULL AND why = 'poison' AND key = ANY(%(keys)s);

-- name: raise_dead
-- Take dead facts back into work: each poison fact once.
WITH raised AS (
  UPDATE dead_facts SET replayed_at = %(now)s, replayed_by = %(by)s
   WHERE dead_id = ANY(%(dead_ids)s) AND replayed_at IS NULL AND why = 'poison'
  RETURNING fact_id
)
SELECT f.history, f.body FROM raised JOIN facts f USING (fact_id) ORDER BY f.fact_id;
