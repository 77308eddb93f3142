-- Periods that are closed for good, cost centres, payees and payment runs.

-- The day under which an entry stands in the books; the document keeps its own date.
ALTER TABLE entries ADD COLUMN posted_on date;
ALTER TABLE entries DISABLE TRIGGER never_changed;
UPDATE entries SET posted_on = document_on;
ALTER TABLE entries ENABLE TRIGGER never_changed;
ALTER TABLE entries ALTER COLUMN posted_on SET NOT NULL;
CREATE INDEX entries_by_posting ON entries (posted_on);
ALTER TABLE entry_lines ADD COLUMN cost_centre text NOT NULL DEFAULT '';

-- An older program names no such day.
CREATE FUNCTION post_as_dated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.posted_on := NEW.document_on;
  RETURN NEW;
END $$;
CREATE TRIGGER posted_as_dated BEFORE INSERT ON entries FOR EACH ROW
  WHEN (NEW.posted_on IS NULL) EXECUTE FUNCTION post_as_dated();

CREATE TABLE periods (
  ref        text PRIMARY KEY CHECK (ref ~ '^[0-9]{4}-[0-9]{2}$'),
  version    bigint NOT NULL,
  changed_at timestamptz NOT NULL,
  body       bytea NOT NULL,
  status     text NOT NULL CHECK (status IN ('open', 'closed')),
  ends_on    date NOT NULL,
  closed_by  text,
  closed_at  timestamptz
) WITH (fillfactor = 70, toast_tuple_target = 8160);

-- Who books holds the key with others; who closes holds it alone, so nothing slips in meanwhile.
CREATE FUNCTION lock_books() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(x'6472617700000010'::bigint);
  RETURN NULL;
END $$;
CREATE TRIGGER books_locked BEFORE INSERT OR UPDATE ON periods
  FOR EACH STATEMENT EXECUTE FUNCTION lock_books();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON periods
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What was decided before its period was closed, in the very same transaction, still belongs to it.
CREATE FUNCTION refuse_closed_period() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed_to date; wrong text;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(x'6472617700000010'::bigint);
  SELECT max(ends_on) INTO closed_to FROM periods
   WHERE status = 'closed' AND xmin <> pg_current_xact_id()::xid;
  SELECT string_agg(format('%s is posted on %s', entry_ref, posted_on), '; ' ORDER BY entry_ref)
    INTO wrong FROM added WHERE posted_on <= closed_to;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'ledger refused: the books are closed to %: %', closed_to, wrong
      USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_in_open_period';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER in_open_period AFTER INSERT ON entries
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_closed_period();

CREATE TABLE payees (
  ref          text PRIMARY KEY,
  version      bigint NOT NULL,
  changed_at   timestamptz NOT NULL,
  body         bytea NOT NULL,
  open_changes integer,
  credits      numeric,
  currency     text
) WITH (fillfactor = 70, toast_tuple_target = 8160);
CREATE INDEX payees_to_confirm ON payees (ref) WHERE open_changes > 0;

CREATE TABLE payment_runs (
  ref         text PRIMARY KEY,
  version     bigint NOT NULL,
  changed_at  timestamptz NOT NULL,
  body        bytea NOT NULL,
  status      text,
  until_on    date,
  payments    integer,
  bills       integer,
  total       numeric,
  currency    text,
  proposed_by text,
  released_at timestamptz
) WITH (fillfactor = 70, toast_tuple_target = 8160);
CREATE INDEX payment_runs_by_status ON payment_runs (status, ref);

-- What is approved and not paid yet, the next due first; a credit is open below zero.
ALTER TABLE freight_bills ADD COLUMN open_amount numeric, ADD COLUMN due_on date,
  ADD COLUMN payment_run text;
CREATE INDEX freight_bills_payable ON freight_bills (due_on, ref) WHERE open_amount <> 0;

GRANT SELECT ON periods, payees, payment_runs TO drawbar_request;
