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

-- name: names_of
-- The names that some streams bear.
SELECT kind, value, party, stream_kind, stream_ref FROM names WHERE stream_ref = ANY(%(refs)s);
