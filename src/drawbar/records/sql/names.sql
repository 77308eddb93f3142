-- The reference index.

-- name: look_up
-- Which streams bear these names?
SELECT n.kind, n.value, n.party, n.stream_kind, n.stream_ref
  FROM unnest(%(kinds)s::text[], %(values)s::text[], %(parties)s::text[])
         AS asked (kind, value, party)
  JOIN names n USING (kind, value, party);

-- name: lock
-- The buckets of names that we add (shared) or park for (exclusive), in one order for all.
SELECT CASE WHEN exclusive THEN pg_advisory_xact_lock(29793, bucket)
            ELSE pg_advisory_xact_lock_shared(29793, bucket) END
  FROM unnest(%(buckets)s::int[], %(exclusive)s::bool[]) AS t (bucket, exclusive);

-- name: add
-- Add names, and let facts that waited for one that is new be decided next; each once, in the order
-- they came. A name that a stream bears already stays as it was first spelled, and wakes nobody.
WITH added AS (
  INSERT INTO names (kind, value, party, stream_kind, stream_ref, spelled, fact_id)
  SELECT kind, value, party, stream_kind, stream_ref, spelled, fact_id
    FROM json_to_recordset(%(names)s::json) AS (kind text, value text, party text,
           stream_kind text, stream_ref text, spelled text, fact_id bigint)
      ON CONFLICT DO NOTHING
  RETURNING kind, value, party
), woken AS (
  DELETE FROM parked
   WHERE fact_id IN (SELECT p.fact_id FROM parked p
                      WHERE p.fact_id IN (SELECT k.fact_id FROM added
                                            JOIN parked_keys k USING (kind, value, party))
                      ORDER BY p.fact_id FOR UPDATE)
  RETURNING fact_id
)
INSERT INTO pending (fact_id, why, history, since, body)
SELECT f.fact_id, 'woken', f.history, %(now)s, f.body
  FROM woken JOIN facts f USING (fact_id) ORDER BY f.fact_id;
