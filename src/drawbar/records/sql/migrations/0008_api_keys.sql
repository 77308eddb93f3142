-- Who may call the API, and which login links were used up.
-- A key itself is never here: only its keyed hash (HMAC-SHA256 under the server's secret).

CREATE TABLE api_keys (
    key_id      text PRIMARY KEY CHECK (key_id ~ '^[a-z2-7]{16}$'),
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 60 AND position(':' IN name) = 0),
    role        text NOT NULL,
    carrier_ref text NOT NULL DEFAULT '',
    hash        bytea NOT NULL CHECK (length(hash) = 32),
    created_at  timestamptz NOT NULL,
    revoked_at  timestamptz,
    CONSTRAINT a_carrier_key_names_its_carrier CHECK ((role = 'carrier') = (carrier_ref <> ''))
);

-- One row per login link that somebody followed: the second time it is refused.
CREATE TABLE used_login_links (
    nonce   text PRIMARY KEY,
    used_at timestamptz NOT NULL
);

GRANT SELECT ON api_keys TO drawbar_request;
GRANT INSERT ON used_login_links TO drawbar_request;
