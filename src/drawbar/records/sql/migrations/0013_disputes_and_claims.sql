-- Disputes and claims: streams of their own, each one row; and the loads whose bill is missing.

CREATE TABLE disputes (
  ref          text PRIMARY KEY,
  version      bigint NOT NULL,
  changed_at   timestamptz NOT NULL,
  body         bytea NOT NULL,
  status       text,
  carrier_ref  text,
  shipment_ref text,
  item         text,
  bills        text,
  contested    numeric,
  disputed     numeric CHECK (disputed >= 0),
  paid         numeric,
  credited     numeric,
  written_off  numeric,
  currency     text,
  rounds       integer,
  waits_for    text,
  answer_by    timestamptz,
  opened_at    timestamptz
) WITH (fillfactor = 70, toast_tuple_target = 8160);
CREATE INDEX disputes_by_status ON disputes (status, ref);
CREATE INDEX disputes_of_carrier ON disputes (carrier_ref, ref);
CREATE INDEX disputes_of_shipment ON disputes (shipment_ref);

CREATE TABLE claims (
  ref          text PRIMARY KEY,
  version      bigint NOT NULL,
  changed_at   timestamptz NOT NULL,
  body         bytea NOT NULL,
  status       text,
  kind         text,
  carrier_ref  text,
  shipment_ref text,
  bill_ref     text,
  claimed      numeric,
  open         numeric CHECK (open >= 0),
  recovered    numeric,
  let_go       numeric,
  nettable     numeric,
  currency     text,
  due_at       timestamptz,
  found_at     timestamptz
) WITH (fillfactor = 70, toast_tuple_target = 8160);
CREATE INDEX claims_by_status ON claims (status, ref);
CREATE INDEX claims_of_carrier ON claims (carrier_ref, ref);
CREATE INDEX claims_of_shipment ON claims (shipment_ref);

ALTER TABLE shipments
  ADD COLUMN bill_missing_at timestamptz,
  ADD COLUMN bill_missing    numeric;
CREATE INDEX shipments_without_bill ON shipments (bill_missing_at, ref)
  WHERE bill_missing_at IS NOT NULL;

GRANT SELECT ON disputes, claims TO drawbar_request;
