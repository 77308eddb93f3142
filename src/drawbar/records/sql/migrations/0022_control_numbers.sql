-- Control numbers between a partner and us, by system, direction and series ("interchange",
-- "group SM"). An era begins where a series begins anew: by a person's word, or after nine nines.

CREATE TABLE control_series (
  system     text NOT NULL CHECK (system <> ''),
  direction  text NOT NULL CHECK (direction IN ('out', 'in')),
  series     text NOT NULL CHECK (series <> ''),
  era        integer NOT NULL DEFAULT 0,
  last       bigint NOT NULL DEFAULT 0 CHECK (last BETWEEN 0 AND 999999999),
  PRIMARY KEY (system, direction, series)
) WITH (fillfactor = 50);

-- Until now the number of the delivery went out: no series may use one of those again.
INSERT INTO control_series (system, direction, series, last)
SELECT system, 'out', 'before', max(delivery_id) % 1000000000 FROM deliveries GROUP BY system;

-- What we gave: each number once, to one delivery, for ever.
CREATE TABLE control_numbers (
  system      text NOT NULL,
  series      text NOT NULL,
  era         integer NOT NULL,
  number      bigint NOT NULL,
  delivery_id bigint NOT NULL,
  given_at    timestamptz NOT NULL,
  PRIMARY KEY (system, series, era, number)
);
CREATE UNIQUE INDEX control_numbers_of_delivery ON control_numbers (delivery_id, series);

-- What partners used, with a digest of what it stood for.
CREATE TABLE heard_numbers (
  system      text NOT NULL,
  series      text NOT NULL,
  era         integer NOT NULL,
  number      bigint NOT NULL,
  content     text NOT NULL,
  message_ref text NOT NULL,
  heard_at    timestamptz NOT NULL,
  PRIMARY KEY (system, series, era, number)
);

-- What was out of the ordinary, and who began a series anew: append-only.
CREATE TABLE control_notes (
  note_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  system      text NOT NULL,
  direction   text NOT NULL,
  series      text NOT NULL,
  era         integer NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('gap', 'late', 'jump_back', 'reused', 'reset')),
  first       bigint NOT NULL,
  last        bigint NOT NULL,
  said_by     text NOT NULL CHECK (said_by <> ''),
  because     text NOT NULL DEFAULT '',
  message_ref text NOT NULL DEFAULT '',
  noted_at    timestamptz NOT NULL
);
CREATE INDEX control_notes_of ON control_notes (system, note_id DESC);
CREATE INDEX control_notes_gaps ON control_notes (system, series, era, last) WHERE kind = 'gap';

CREATE TRIGGER noted_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON control_notes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT ON control_series, control_numbers, heard_numbers, control_notes TO drawbar_request;
REVOKE UPDATE, DELETE ON control_numbers, heard_numbers, control_notes FROM drawbar_engine;
