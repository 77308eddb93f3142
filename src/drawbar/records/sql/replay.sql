-- What is needed to decide again what was decided about a shipment, as far as it was known then.

-- name: streams
-- The streams that shared a fact with these, but not what many loads share.
SELECT DISTINCT s.kind, s.ref FROM fact_streams s
 WHERE s.fact_id IN (SELECT fact_id FROM fact_streams
                      WHERE (kind, ref) IN (SELECT * FROM unnest(%(kinds)s::text[], %(refs)s::text[])))
   AND s.kind IN ('order', 'shipment', 'freight_bill', 'customer_invoice')
 ORDER BY s.kind, s.ref;

-- name: facts
-- In the order in which they were learned, with the kinds of streams that each touched.
SELECT f.body, f.learned_at,
       (SELECT array_agg(DISTINCT t.kind) FROM fact_streams t WHERE t.fact_id = f.fact_id)
  FROM facts f
 WHERE f.fact_id IN (SELECT fact_id FROM fact_streams
                      WHERE (kind, ref) IN (SELECT * FROM unnest(%(kinds)s::text[], %(refs)s::text[])))
   AND f.learned_at <= %(known_on)s
 ORDER BY f.fact_id;

-- name: applied
SELECT version, applied_at FROM company_versions ORDER BY version;
