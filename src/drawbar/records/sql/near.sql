-- What somebody may have meant by a reference that nobody knows.

-- name: names_like
-- Names that begin or end as the text does; a reference is mistyped in one place, mostly.
SELECT stream_kind, stream_ref, spelled FROM names
 WHERE spelled ILIKE %(beginning)s OR spelled ILIKE %(ending)s LIMIT %(limit)s;

-- name: refs_like
-- Our own references that begin or end as the text does.
SELECT kind, ref, ref FROM (
  SELECT 'order' AS kind, ref FROM orders
   UNION ALL SELECT 'shipment', ref FROM shipments
   UNION ALL SELECT 'freight_bill', ref FROM freight_bills) AS own
 WHERE ref ILIKE %(beginning)s OR ref ILIKE %(ending)s LIMIT %(limit)s;
