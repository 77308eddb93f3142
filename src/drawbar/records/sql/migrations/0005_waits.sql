-- Waits are rows: facts that wait for a name, facts to be decided next, deadlines, open cases.

-- A fact that waits until one of its names appears.
CREATE TABLE parked (
  fact_id   bigint PRIMARY KEY,
  parked_at timestamptz NOT NULL,
  until     timestamptz NOT NULL,
  expired   bytea NOT NULL          -- the fact that comes true at ``until``, msgpack
);
CREATE INDEX parked_until ON parked (until);
CREATE TABLE parked_keys (
  kind    text NOT NULL,
  value   text NOT NULL,
  party   text NOT NULL,
  fact_id bigint NOT NULL REFERENCES parked (fact_id) ON DELETE CASCADE,
  PRIMARY KEY (kind, value, party, fact_id)
);
CREATE INDEX parked_keys_of_fact ON parked_keys (fact_id);

-- Facts to decide next: follow-ups (no fact_id yet), woken, deferred and replayed ones.
CREATE TABLE pending (
  pending_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  fact_id    bigint,
  cause_id   bigint,                -- the fact that a follow-up follows
  why        text NOT NULL CHECK (why IN ('follows', 'woken', 'deferred', 'replayed')),
  history    boolean NOT NULL,
  since      timestamptz NOT NULL,
  body       bytea NOT NULL
);

-- Facts that come true at a time, unless cleared. Touched only under the lock of the stream.
CREATE TABLE deadlines (
  kind   text NOT NULL,
  ref    text NOT NULL,
  name   text NOT NULL,
  due_at timestamptz NOT NULL,
  fact   bytea NOT NULL,
  PRIMARY KEY (kind, ref, name)
);
CREATE INDEX deadlines_due ON deadlines (due_at);

CREATE TABLE cases (
  case_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind         text NOT NULL,
  subject_kind text NOT NULL,       -- both empty for a case about no stream
  subject_ref  text NOT NULL,
  item         text NOT NULL,
  cause        text NOT NULL,
  text         text NOT NULL,
  remedy       text NOT NULL,
  owner        text NOT NULL,
  due_at       timestamptz NOT NULL,
  amount       numeric,             -- money at risk, where known
  currency     text,
  fact_id      bigint,
  message_ref  text NOT NULL,
  opened_at    timestamptz NOT NULL,
  settled_at   timestamptz,
  because      text NOT NULL DEFAULT '',
  settled_by   text NOT NULL DEFAULT ''  -- empty where facts settled it
);
CREATE UNIQUE INDEX cases_open ON cases (subject_ref, subject_kind, kind, item)
  WHERE settled_at IS NULL;
CREATE INDEX cases_of_subject ON cases (subject_ref, subject_kind);
CREATE INDEX cases_due ON cases (due_at, case_id) WHERE settled_at IS NULL;
CREATE INDEX cases_of_message ON cases (message_ref);
