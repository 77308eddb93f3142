-- The company folder as it was applied: every version with its files, for ever.

CREATE TABLE company_versions (
  version    integer PRIMARY KEY CHECK (version > 0),
  applied_at timestamptz NOT NULL,
  applied_by text NOT NULL CHECK (applied_by <> ''),
  because    text NOT NULL,
  digest     bytea NOT NULL,        -- of all files, so that the same folder again is known
  changes    text[] NOT NULL,       -- what is new against the version before, in words
  body       text NOT NULL          -- JSON: everything but contracts and the market
);

CREATE TABLE company_files (
  hash bytea PRIMARY KEY,
  body bytea NOT NULL
);
CREATE TABLE company_version_files (
  version integer NOT NULL REFERENCES company_versions (version),
  path    text NOT NULL,
  hash    bytea NOT NULL REFERENCES company_files (hash),
  PRIMARY KEY (version, path)
);

-- Each version of a rate contract, once: what it says never changes.
CREATE TABLE company_contracts (
  contract_ref    text NOT NULL,
  version         integer NOT NULL,
  company_version integer NOT NULL REFERENCES company_versions (version),
  party_ref       text NOT NULL,
  side            text NOT NULL CHECK (side IN ('buy', 'sell')),
  valid_from      date NOT NULL,
  valid_to        date,
  known_at        timestamptz NOT NULL,
  path            text NOT NULL,
  body            text NOT NULL,    -- JSON, with its tables in it
  PRIMARY KEY (contract_ref, version)
);
CREATE INDEX company_contracts_of_version ON company_contracts (company_version);

-- Prices of indices and exchange rates, each once, with when we knew it.
CREATE TABLE company_market (
  hash            bytea PRIMARY KEY,
  company_version integer NOT NULL REFERENCES company_versions (version),
  kind            text NOT NULL CHECK (kind IN ('price', 'rate')),
  known_at        timestamptz NOT NULL,
  body            text NOT NULL     -- JSON
);
CREATE INDEX company_market_of_version ON company_market (company_version);

-- What corrected terms would change of money that is settled; nobody moves it by listing it.
CREATE TABLE claim_candidates (
  candidate_ref    text PRIMARY KEY,
  kind             text NOT NULL CHECK (kind IN ('overcharge', 'undercharge', 'credit', 'unbilled')),
  side             text NOT NULL CHECK (side IN ('buy', 'sell')),
  shipment_ref     text NOT NULL,
  party_ref        text NOT NULL,
  company_version  integer NOT NULL,
  contract_ref     text NOT NULL,
  contract_version integer NOT NULL,
  settled          numeric NOT NULL,
  corrected        numeric NOT NULL,
  difference       numeric NOT NULL CHECK (difference > 0),
  currency         text NOT NULL,
  documents        text[] NOT NULL,
  text             text NOT NULL,
  found_at         timestamptz NOT NULL,
  fact_id          bigint NOT NULL
);
CREATE INDEX claim_candidates_of_shipment ON claim_candidates (shipment_ref);

-- Under which version of the company folder a decision was made; 0 where none was applied.
ALTER TABLE fact_streams ADD COLUMN terms integer NOT NULL DEFAULT 0;

DO $$
DECLARE one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['company_versions', 'company_files', 'company_version_files',
                             'company_contracts', 'company_market', 'claim_candidates'] LOOP
    EXECUTE format('CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', one);
    EXECUTE format('GRANT SELECT ON %I TO drawbar_request', one);
    EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM drawbar_engine', one);
  END LOOP;
END $$;
