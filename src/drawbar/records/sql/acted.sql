-- What people did on the desks: whether it was done, and who did what when.

-- name: is_on_file
SELECT FROM message_keys WHERE channel = %(channel)s AND sender = %(sender)s AND key = %(key)s;

-- name: said_under
SELECT body FROM messages
 WHERE channel = %(channel)s AND sender = %(sender)s AND key = %(key)s AND direction = 'in'
 ORDER BY message_id LIMIT 1;

-- name: editors_of
-- Who mended the messages that a stream was read from.
SELECT DISTINCT m.author
  FROM fact_streams s JOIN facts f USING (fact_id) JOIN messages m ON m.message_ref = f.message_ref
 WHERE s.kind = %(kind)s AND s.ref = %(ref)s AND m.author <> '';
