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
