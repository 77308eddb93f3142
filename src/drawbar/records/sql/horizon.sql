-- The horizon: what is not due yet, and will be by itself.

-- name: next_due
-- The least of each kind stands first in its index; gates are few. What is rejected, or held until
-- somebody opens it, waits for a person. A gate with a rate lets one pass when a whole token is in.
SELECT least(
  (SELECT min(due_at) FROM deadlines WHERE due_at > %(now)s),
  (SELECT min(until) FROM parked WHERE until > %(now)s),
  (SELECT min(due_at) FROM deliveries WHERE state = 'ready' AND due_at > %(now)s),
  (SELECT min(probe_at) FROM gates WHERE circuit <> 'closed' AND probe_at > %(now)s),
  (SELECT min(held_until) FROM gates WHERE held AND held_until > %(now)s),
  (SELECT min(whole_at) FROM gates, LATERAL (
     SELECT tokens_at + make_interval(secs => (1 - tokens) / rate) + interval '1 millisecond'
         AS whole_at) AS bucket
    WHERE rate IS NOT NULL AND tokens < 1 AND whole_at > %(now)s));

-- name: newest_learned
-- Facts stand in the order of learning; clocks that disagree may differ by a few.
SELECT max(learned_at) FROM (SELECT learned_at FROM facts ORDER BY fact_id DESC LIMIT 1000) AS newest;
