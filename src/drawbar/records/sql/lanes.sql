-- Lanes: what waits for a system in a lane, what went, what was said last, and who acted on it.

-- name: lanes
-- Each system and lane that was ever used or set, with what waits and what went lately.
SELECT system, lane, coalesce(d.ready, 0), coalesce(d.claimed, 0), coalesce(d.stuck, 0),
       d.oldest_at, coalesce(went.count, 0), coalesce(said.error, '')
  FROM (SELECT system, lane FROM gates
         UNION SELECT DISTINCT system, lane FROM deliveries) AS known
  LEFT JOIN (SELECT system, lane, count(*) FILTER (WHERE state = 'ready') AS ready,
                    count(*) FILTER (WHERE state = 'claimed') AS claimed,
                    count(*) FILTER (WHERE state IN ('rejected', 'unsure', 'dead')) AS stuck,
                    min(created_at) AS oldest_at
               FROM deliveries WHERE state NOT IN ('confirmed', 'skipped')
              GROUP BY system, lane) AS d USING (system, lane)
  LEFT JOIN (SELECT system, lane, count(*) FROM deliveries
              WHERE state = 'confirmed' AND settled_at > %(since)s
              GROUP BY system, lane) AS went USING (system, lane)
  LEFT JOIN LATERAL (SELECT error FROM deliveries e
                      WHERE e.system = known.system AND e.lane = known.lane
                        AND e.state NOT IN ('confirmed', 'skipped') AND e.error <> ''
                      ORDER BY e.delivery_id DESC LIMIT 1) AS said ON true
 ORDER BY lane, system;

-- name: money_waiting
-- What is to be posted and waits, the oldest first: its amount stands in what is to be sent.
SELECT payload FROM deliveries
 WHERE system = %(system)s AND lane = %(lane)s AND state NOT IN ('confirmed', 'skipped')
   AND kind IN ('PostVoucher', 'PostInvoice')
 ORDER BY delivery_id LIMIT %(limit)s;

-- name: probe
-- Ask the far side now, not when the pause is over; one that answers has nothing to be asked.
UPDATE gates SET probe_at = %(now)s
 WHERE system = %(system)s AND lane = %(lane)s AND circuit <> 'closed';

-- name: hurry
-- What waits for a later try goes at once.
UPDATE deliveries SET due_at = %(now)s
 WHERE system = %(system)s AND lane = %(lane)s AND state = 'ready' AND due_at > %(now)s;

-- name: act
INSERT INTO desk_acts (kind, about, said_by, because, detail, done_at)
VALUES (%(kind)s, %(about)s, %(by)s, %(because)s, %(detail)s, %(at)s);

-- name: acts
SELECT kind, about, said_by, because, detail, done_at FROM desk_acts
 WHERE about = %(about)s ORDER BY act_id DESC LIMIT %(limit)s;

-- name: acts_on_lanes
SELECT kind, about, said_by, because, detail, done_at FROM desk_acts
 WHERE about LIKE 'lane %%' ORDER BY act_id DESC LIMIT %(limit)s;
