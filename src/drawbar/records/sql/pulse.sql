-- What tells that a list has changed, cheaply enough to be asked every second.

-- name: figures
-- For each list figures that are others once it has changed, each read along an index.
SELECT (SELECT max(fact_id) FROM facts),
       (SELECT max(message_id) FROM messages),
       (SELECT max(delivery_id) FROM deliveries),
       (SELECT count(*) FROM deliveries WHERE state NOT IN ('confirmed', 'skipped')),
       (SELECT sum(attempts) FROM deliveries WHERE state NOT IN ('confirmed', 'skipped')),
       (SELECT max(case_id) FROM cases),
       (SELECT count(*) FROM cases WHERE settled_at IS NULL),
       (SELECT count(*) FROM parked);

-- name: touched
-- The streams that the newest facts touched. Facts may become visible out of their order.
SELECT fact_id, kind, ref FROM fact_streams WHERE fact_id > %(after)s
 ORDER BY fact_id DESC LIMIT %(limit)s;
