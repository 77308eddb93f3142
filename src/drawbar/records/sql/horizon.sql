-- The horizon: what is not due yet, and will be by itself.

-- name: next_due
-- The least of each kind stands first in its index. What is held or rejected waits for a person.
SELECT least(
  (SELECT min(due_at) FROM deadlines WHERE due_at > %(now)s),
  (SELECT min(until) FROM parked WHERE until > %(now)s),
  (SELECT min(due_at) FROM deliveries WHERE state = 'ready' AND due_at > %(now)s),
  (SELECT min(probe_at) FROM gates WHERE circuit <> 'closed' AND probe_at > %(now)s));
