-- Finding streams by whatever a person has in hand.

-- name: find
-- By any name in the index; by PRO whatever its zeros; by our own reference; by a document.
SELECT stream_kind, stream_ref, kind, spelled FROM names
 WHERE kind = ANY(%(kinds)s) AND value = ANY(%(values)s)
UNION
SELECT stream_kind, stream_ref, kind, spelled FROM names
 WHERE kind = 'pro' AND ltrim(value, '0') = ANY(%(bare)s)
UNION
SELECT 'customer', ref, 'customer', ref FROM customers WHERE ref = ANY(%(refs)s)
UNION
SELECT 'order', ref, 'order', ref FROM orders WHERE ref = ANY(%(refs)s)
UNION
SELECT 'shipment', ref, 'shipment', ref FROM shipments WHERE ref = ANY(%(refs)s)
UNION
SELECT 'freight_bill', ref, 'bill', ref FROM freight_bills WHERE ref = ANY(%(refs)s)
UNION
SELECT 'customer_invoice', ref, 'invoice', ref FROM customer_invoices WHERE ref = ANY(%(refs)s)
UNION
SELECT stream_kind, stream_ref, 'document', document FROM deliveries
 WHERE document = ANY(%(refs)s) AND document <> ''
UNION
SELECT about_kind, about_ref, 'entry', entry_ref FROM entries WHERE entry_ref = ANY(%(refs)s)
 LIMIT %(limit)s;
