-- Indices and sources of exchange rates: what they published, and which shipments wait for more.

CREATE TABLE indices (
  ref        text PRIMARY KEY CHECK (ref <> ''),
  version    bigint NOT NULL,
  changed_at timestamptz NOT NULL,
  body       bytea NOT NULL,
  prices     integer,
  rates      integer,
  last_on    date,
  waiting    integer
) WITH (fillfactor = 70, toast_tuple_target = 8160);

GRANT SELECT ON indices TO drawbar_request;
