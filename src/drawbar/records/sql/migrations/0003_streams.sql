-- Streams: one row is the whole state. The searchable columns are also the board of the desks.
-- ``body`` stays in the row up to 8 kB: reading a state is reading one tuple.

CREATE TABLE customers (
  ref        text PRIMARY KEY,
  version    bigint NOT NULL,
  changed_at timestamptz NOT NULL,
  body       bytea NOT NULL,
  exposure   numeric,
  currency   text,
  held       integer
) WITH (fillfactor = 70, toast_tuple_target = 8160);

CREATE TABLE orders (
  ref          text PRIMARY KEY,
  version      bigint NOT NULL,
  changed_at   timestamptz NOT NULL,
  body         bytea NOT NULL,
  status       text,
  customer_ref text,
  revision     integer,
  released_at  timestamptz
) WITH (fillfactor = 70, toast_tuple_target = 8160);
CREATE INDEX orders_by_status ON orders (status, ref);
CREATE INDEX orders_of_customer ON orders (customer_ref, ref);

CREATE TABLE shipments (
  ref             text PRIMARY KEY,
  version         bigint NOT NULL,
  changed_at      timestamptz NOT NULL,
  body            bytea NOT NULL,
  status          text,
  customer_ref    text,
  carrier_ref     text,
  order_ref       text,
  origin          text,
  destination     text,
  pickup_due_at   timestamptz,
  delivery_due_at timestamptz,
  tender_state    text,
  answer_by       timestamptz,
  last_event      text,
  last_event_at   timestamptz,
  cost            numeric,
  revenue         numeric,
  currency        text,
  flags           text
) WITH (fillfactor = 70, toast_tuple_target = 8160);
CREATE INDEX shipments_by_status ON shipments (status, ref);
CREATE INDEX shipments_of_customer ON shipments (customer_ref, ref);
CREATE INDEX shipments_of_carrier ON shipments (carrier_ref, ref);

CREATE TABLE freight_bills (
  ref            text PRIMARY KEY,
  version        bigint NOT NULL,
  changed_at     timestamptz NOT NULL,
  body           bytea NOT NULL,
  status         text,
  carrier_ref    text,
  invoice_number text,
  shipment_ref   text,
  billed         numeric,
  payable        numeric,
  disputed       numeric,
  currency       text,
  decided_at     timestamptz,
  recycled       boolean,
  touchless      boolean,
  reason         text
) WITH (fillfactor = 70, toast_tuple_target = 8160);
CREATE INDEX freight_bills_by_status ON freight_bills (status, ref);
CREATE INDEX freight_bills_of_carrier ON freight_bills (carrier_ref, ref);
CREATE INDEX freight_bills_of_shipment ON freight_bills (shipment_ref);

CREATE TABLE customer_invoices (
  ref          text PRIMARY KEY,
  version      bigint NOT NULL,
  changed_at   timestamptz NOT NULL,
  body         bytea NOT NULL,
  status       text,
  customer_ref text,
  shipment_ref text,
  number       bigint,
  total        numeric,
  currency     text,
  due_on       date
) WITH (fillfactor = 70, toast_tuple_target = 8160);
CREATE INDEX customer_invoices_by_status ON customer_invoices (status, ref);
CREATE INDEX customer_invoices_of_customer ON customer_invoices (customer_ref, ref);
CREATE INDEX customer_invoices_of_shipment ON customer_invoices (shipment_ref);

CREATE TABLE number_series (
  ref        text PRIMARY KEY,
  version    bigint NOT NULL,
  changed_at timestamptz NOT NULL,
  body       bytea NOT NULL,
  last       bigint
) WITH (fillfactor = 70, toast_tuple_target = 8160);
