-- Modes: a flow of a system is only observed, runs in the shadow of what it replaces, or is live.
-- A flow is a kind of delivery, or a flow that is read; 'all' stands for every one without a row.
-- What has no row at all is live.

CREATE TABLE flow_modes (
  system text NOT NULL CHECK (system <> ''),
  flow   text NOT NULL CHECK (flow <> ''),
  mode   text NOT NULL CHECK (mode IN ('observe', 'shadow', 'live')),
  PRIMARY KEY (system, flow)
);

-- Who changed which, when and why: append-only. An empty mode: it had, or has, no row of its own.
CREATE TABLE flow_mode_changes (
  change_id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  system          text NOT NULL,
  flow            text NOT NULL,
  before          text NOT NULL,
  after           text NOT NULL,
  said_by         text NOT NULL CHECK (said_by <> ''),
  because         text NOT NULL DEFAULT '',
  company_version integer NOT NULL,
  changed_at      timestamptz NOT NULL
);
CREATE INDEX flow_mode_changes_of ON flow_mode_changes (system, change_id DESC);

CREATE TRIGGER changed_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON flow_mode_changes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION flow_mode(of_system text, of_flow text) RETURNS text LANGUAGE sql STABLE
RETURN coalesce(
  (SELECT m.mode FROM flow_modes m WHERE m.system = of_system AND m.flow = of_flow),
  (SELECT m.mode FROM flow_modes m WHERE m.system = of_system AND m.flow = 'all'),
  'live');

-- Why a delivery was never sent: the mode in which it was ended. Empty for all others.
ALTER TABLE deliveries ADD COLUMN kept_back text NOT NULL DEFAULT ''
  CHECK (kept_back IN ('', 'observe', 'shadow'));
CREATE INDEX deliveries_kept_back ON deliveries (system, kind, delivery_id) WHERE kept_back <> '';

-- Bytes that were made and not sent; bytes that were read and moved nothing.
ALTER TABLE messages DROP CONSTRAINT messages_outcome_check;
ALTER TABLE messages ADD CONSTRAINT messages_outcome_check CHECK (outcome IN
  ('applied', 'dead', 'conflicting', 'edited', 'sent', 'shadow', 'observed')) NOT VALID;

GRANT SELECT ON flow_modes, flow_mode_changes TO drawbar_request;
REVOKE UPDATE, DELETE ON flow_mode_changes FROM drawbar_engine;
