-- Messages in and out.

-- name: claim_key
-- Whoever comes second with a key waits for the first and finds its message there.
INSERT INTO message_keys (channel, sender, key) VALUES (%s, %s, %s)
    ON CONFLICT (channel, sender, key) DO UPDATE SET key = excluded.key;

-- name: versions
-- All that came, or was edited, under these keys. The bytes of old versions are not needed.
SELECT channel, sender, key, message_ref,
       CASE WHEN outcome IN ('edited', 'conflicting') THEN '' ELSE body END,
       sha256, content_type, learned_at, outcome, times, facts, problems
  FROM messages
  JOIN unnest(%(channels)s::text[], %(senders)s::text[], %(keys)s::text[])
         AS asked (channel, sender, key) USING (channel, sender, key)
 WHERE direction = 'in'
 ORDER BY message_id;

-- name: load
-- Messages that came in, for reading again.
SELECT channel, sender, key, message_ref, body, sha256, content_type, learned_at, outcome, times,
       facts, problems
  FROM messages WHERE message_ref = ANY(%(message_refs)s) AND direction = 'in'
 ORDER BY message_id FOR UPDATE;

-- name: became
UPDATE messages
   SET outcome = %(outcome)s, times = %(times)s, last_at = %(last_at)s, facts = %(facts)s,
       problems = %(problems)s, error = %(error)s
 WHERE message_ref = %(message_ref)s;

-- name: sent
-- What was sent for these deliveries before.
SELECT delivery_id, sha256, message_ref FROM messages
 WHERE delivery_id = ANY(%(delivery_ids)s) AND direction = 'out' AND outcome = 'sent';
