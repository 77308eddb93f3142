-- The ledger: balanced entries, appended once and never changed; a correction is another entry.

CREATE TABLE entries (
  entry_ref    text PRIMARY KEY,
  entry_id     bigint GENERATED ALWAYS AS IDENTITY,
  purpose      text NOT NULL,
  about_kind   text NOT NULL,
  about_ref    text NOT NULL,
  shipment_ref text NOT NULL,
  document_on  date NOT NULL,
  reverses     text NOT NULL,
  text         text NOT NULL,
  fact_id      bigint NOT NULL,
  booked_at    timestamptz NOT NULL
);
CREATE INDEX entries_about ON entries (about_ref, about_kind);
CREATE INDEX entries_of_shipment ON entries (shipment_ref);

CREATE TABLE entry_lines (
  entry_ref text NOT NULL,
  number    integer NOT NULL,
  account   text NOT NULL,
  amount    numeric NOT NULL CHECK (amount <> 0 AND amount <> 'NaN'),  -- debit above zero
  currency  text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  PRIMARY KEY (entry_ref, number)
);
CREATE INDEX entry_lines_of_account ON entry_lines (account, currency) INCLUDE (amount);

-- All lines of an entry come in one statement, belong to an entry, and balance in each currency.
CREATE FUNCTION refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong text;
BEGIN
  SELECT string_agg(format('%s: debits and credits differ by %s %s', entry_ref, excess, currency),
                    '; ' ORDER BY entry_ref, currency)
    INTO wrong
    FROM (SELECT entry_ref, currency, sum(amount) AS excess
            FROM added GROUP BY entry_ref, currency HAVING sum(amount) <> 0) AS unbalanced;
  IF wrong IS NULL THEN
    SELECT string_agg(DISTINCT entry_ref || ' has no entry', '; ') INTO wrong
      FROM added WHERE NOT EXISTS (SELECT FROM entries e WHERE e.entry_ref = added.entry_ref);
  END IF;
  IF wrong IS NULL THEN
    SELECT string_agg(entry_ref || ' was complete already', '; ') INTO wrong
      FROM (SELECT entry_ref, count(*) AS lines FROM added GROUP BY entry_ref) AS now
     WHERE lines <> (SELECT count(*) FROM entry_lines l WHERE l.entry_ref = now.entry_ref);
  END IF;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'ledger refused: %', wrong USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER balanced AFTER INSERT ON entry_lines
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced();
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON entry_lines
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
