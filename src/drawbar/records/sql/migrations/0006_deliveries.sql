-- Deliveries: effects on other systems. This table is the queue; gates say what may go out now.

CREATE TABLE deliveries (
  delivery_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  system          text NOT NULL,
  lane            text NOT NULL,
  stream_kind     text NOT NULL,
  stream_ref      text NOT NULL,
  business_key    text NOT NULL,
  kind            text NOT NULL,
  payload         bytea NOT NULL,   -- msgpack
  payload_hash    bytea NOT NULL,
  depart_at       timestamptz,      -- priority between streams: the sooner, the earlier
  fact_id         bigint,           -- the fact that caused it
  message_ref     text NOT NULL,    -- the message that it answers, for replies
  created_at      timestamptz NOT NULL,
  state           text NOT NULL DEFAULT 'ready' CHECK (state IN
                    ('ready', 'claimed', 'confirmed', 'rejected', 'unsure', 'dead', 'skipped')),
  outcome_unknown boolean NOT NULL DEFAULT false,  -- it may have happened: find first
  due_at          timestamptz NOT NULL,
  lease_until     timestamptz,
  claim           bigint,           -- fencing: results count only where it still matches
  attempts        integer NOT NULL DEFAULT 0,
  document        text NOT NULL DEFAULT '',
  error           text NOT NULL DEFAULT '',
  settled_at      timestamptz,
  settled_by      text NOT NULL DEFAULT '',
  UNIQUE (system, business_key)
) WITH (fillfactor = 80);
CREATE INDEX deliveries_ready ON deliveries (system, lane, depart_at, delivery_id)
  WHERE state = 'ready';
CREATE INDEX deliveries_claimed ON deliveries (system, lane, lease_until) WHERE state = 'claimed';
CREATE INDEX deliveries_open ON deliveries (system, lane, stream_ref, stream_kind, delivery_id)
  WHERE state NOT IN ('confirmed', 'skipped');
CREATE INDEX deliveries_of_stream ON deliveries (stream_ref, stream_kind);
CREATE INDEX deliveries_by_document ON deliveries (document) WHERE document <> '';
CREATE SEQUENCE delivery_claims;

-- May anything go out to this system in this lane now, and how fast?
CREATE TABLE gates (
  system      text NOT NULL,
  lane        text NOT NULL,
  held        boolean NOT NULL DEFAULT false,
  held_until  timestamptz,          -- null with ``held``: until a person opens it
  held_by     text NOT NULL DEFAULT '',
  held_why    text NOT NULL DEFAULT '',
  rate        double precision,     -- deliveries a second, null for no limit
  burst       integer NOT NULL DEFAULT 1,
  tokens      double precision NOT NULL DEFAULT 0,
  tokens_at   timestamptz,
  concurrency integer NOT NULL DEFAULT 4,
  circuit     text NOT NULL DEFAULT 'closed' CHECK (circuit IN ('closed', 'open', 'half_open')),
  failures    integer NOT NULL DEFAULT 0,
  probe_at    timestamptz,
  opened_at   timestamptz,
  PRIMARY KEY (system, lane)
) WITH (fillfactor = 50);
