-- What could be done now, in one look. It decides nothing and locks nothing.

-- name: due
-- One row at least; one for each system and lane that has a gate or an open delivery. A lease that
-- ran out counts as ready, as the next claim makes it. The lanes are found by leaping along the
-- index of open rows, so a long queue costs no more than a short one; heads as the claim sees them,
-- the first of each lane only: an EXISTS would be hashed, which reads all of every lane.
WITH RECURSIVE leap AS (
  (SELECT system, lane FROM deliveries WHERE state NOT IN ('confirmed', 'skipped')
    ORDER BY system, lane LIMIT 1)
  UNION ALL
  SELECT further.system, further.lane
    FROM leap, LATERAL (SELECT d.system, d.lane FROM deliveries d
                         WHERE d.state NOT IN ('confirmed', 'skipped')
                           AND (d.system, d.lane) > (leap.system, leap.lane)
                         ORDER BY d.system, d.lane LIMIT 1) AS further
), gate AS MATERIALIZED (
  SELECT system, lane, g.held, g.held_until, g.held_by, g.held_why, g.rate, g.burst, g.tokens,
         g.tokens_at, g.concurrency, g.circuit, g.failures, g.probe_at, g.opened_at
    FROM leap FULL JOIN gates g USING (system, lane)
), lanes AS (
  SELECT gate.*, ours.number, ours.lease_until,
         COALESCE(
           (SELECT true FROM deliveries d
             WHERE d.system = gate.system AND d.lane = gate.lane AND d.state = 'claimed'
               AND d.lease_until < %(now)s
             ORDER BY d.lease_until LIMIT 1),
           (SELECT true FROM deliveries d
             WHERE d.system = gate.system AND d.lane = gate.lane AND d.state = 'ready'
               AND d.due_at <= %(now)s
               AND d.delivery_id =
                   (SELECT earliest.delivery_id FROM deliveries earliest
                     WHERE earliest.system = d.system AND earliest.lane = d.lane
                       AND earliest.stream_ref = d.stream_ref
                       AND earliest.stream_kind = d.stream_kind
                       AND earliest.state NOT IN ('confirmed', 'skipped')
                     ORDER BY earliest.delivery_id LIMIT 1)
             ORDER BY d.depart_at, d.delivery_id LIMIT 1), false) AS has_heads
    FROM gate CROSS JOIN LATERAL (
         SELECT count(*) AS number, min(d.lease_until) AS lease_until FROM deliveries d
          WHERE d.system = gate.system AND d.lane = gate.lane AND d.state = 'claimed'
            AND d.lease_until >= %(now)s) AS ours
)
SELECT waits.facts, waits.deadlines, waits.parks, lanes.*
  FROM (SELECT (SELECT count(*) FROM pending) AS facts,
               (SELECT count(*) FROM deadlines WHERE due_at <= %(now)s) AS deadlines,
               (SELECT count(*) FROM parked WHERE until <= %(now)s) AS parks) AS waits
  LEFT JOIN lanes ON true
 ORDER BY lanes.system, lanes.lane;
