-- API keys and used login links.

-- name: add
INSERT INTO api_keys (key_id, name, role, carrier_ref, hash, created_at)
VALUES (%(key_id)s, %(name)s, %(role)s, %(carrier_ref)s, %(hash)s, %(created_at)s);

-- name: found
-- A key that still works.
SELECT key_id, name, role, carrier_ref, hash, created_at, revoked_at
  FROM api_keys WHERE key_id = %(key_id)s AND revoked_at IS NULL;

-- name: listed
-- Every key, newest first.
SELECT key_id, name, role, carrier_ref, hash, created_at, revoked_at
  FROM api_keys ORDER BY created_at DESC, key_id;

-- name: revoke
-- A key ends once.
UPDATE api_keys SET revoked_at = %(at)s WHERE key_id = %(key_id)s AND revoked_at IS NULL;

-- name: use_login_link
-- The first who follows a link notes it; for everybody after it there is no row.
INSERT INTO used_login_links (nonce, used_at) VALUES (%(nonce)s, %(at)s) ON CONFLICT DO NOTHING;
