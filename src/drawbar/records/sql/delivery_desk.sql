-- One delivery as a person looks at it.

-- name: delivery
SELECT delivery_id, system, lane, stream_kind, stream_ref, business_key, kind, state, document,
       error, attempts, created_at, due_at, settled_at, settled_by, outcome_unknown, payload
  FROM deliveries WHERE delivery_id = %(delivery_id)s;

-- name: messages_of_delivery
-- The bytes of its attempts and of what was answered, the oldest first.
SELECT message_ref FROM messages WHERE delivery_id = %(delivery_id)s ORDER BY message_id LIMIT 50;
