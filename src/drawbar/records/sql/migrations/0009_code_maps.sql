-- What a partner's words mean, said by people while everything runs: append-only, the newest wins.

CREATE TABLE code_maps (
  map_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  system     text NOT NULL CHECK (system <> ''),
  code_table text NOT NULL CHECK (code_table <> ''),
  code       text NOT NULL,
  meaning    text NOT NULL CHECK (meaning <> ''),
  said_by    text NOT NULL CHECK (said_by <> ''),
  because    text NOT NULL CHECK (because <> ''),
  said_at    timestamptz NOT NULL
);
CREATE INDEX code_maps_newest ON code_maps (system, code_table, code, map_id DESC);

CREATE TRIGGER said_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON code_maps
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who held, opened or probed which lane, took which case, and why: append-only.
CREATE TABLE desk_acts (
  act_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind    text NOT NULL CHECK (kind <> ''),
  about   text NOT NULL CHECK (about <> ''),
  said_by text NOT NULL CHECK (said_by <> ''),
  because text NOT NULL,
  detail  text NOT NULL DEFAULT '',
  done_at timestamptz NOT NULL
);
CREATE INDEX desk_acts_about ON desk_acts (about, act_id DESC);

CREATE TRIGGER done_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON desk_acts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who has taken a case, and until when nobody need look at it.
ALTER TABLE cases ADD COLUMN person text NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN snoozed_until timestamptz;
CREATE INDEX cases_of_cause ON cases (kind, cause) WHERE settled_at IS NULL AND cause <> '';

GRANT SELECT ON code_maps, desk_acts TO drawbar_request;
REVOKE UPDATE, DELETE ON code_maps, desk_acts FROM drawbar_engine;
