-- Versions of the company folder, and what of settled money they would change.

-- name: share
-- Whoever decides holds this until the end of its transaction; an apply waits for all of them.
SELECT pg_advisory_xact_lock_shared(29793, 1100);

-- name: alone
SELECT pg_advisory_xact_lock(29793, 1100);

-- name: newest
SELECT coalesce(max(version), 0) FROM company_versions;

-- name: version_at
-- The version in force at an instant; before the first one was applied, that one.
SELECT coalesce((SELECT max(version) FROM company_versions WHERE applied_at <= %(at)s),
                (SELECT min(version) FROM company_versions), 0);

-- name: versions
SELECT v.version, v.applied_at, v.applied_by, v.because, v.changes,
       (SELECT count(*) FROM company_version_files f WHERE f.version = v.version)
  FROM company_versions v ORDER BY v.version DESC;

-- name: version
SELECT version, applied_at, applied_by, because, digest, changes, body
  FROM company_versions WHERE version = %(version)s;

-- name: contracts
SELECT body, known_at FROM company_contracts
 WHERE company_version <= %(version)s AND known_at <= %(known_at)s
 ORDER BY contract_ref, version;

-- name: market
SELECT kind, body FROM company_market
 WHERE company_version <= %(version)s AND known_at <= %(known_at)s
 ORDER BY kind, hash;

-- name: files
SELECT p.path, f.body FROM company_version_files p JOIN company_files f USING (hash)
 WHERE p.version = %(version)s ORDER BY p.path;

-- name: contract_list
SELECT c.contract_ref, c.version, c.side, c.party_ref, c.valid_from, c.valid_to, c.known_at,
       c.company_version, v.applied_at, v.applied_by, v.because, c.path
  FROM company_contracts c JOIN company_versions v ON v.version = c.company_version
 WHERE %(ref)s = '' OR c.contract_ref = %(ref)s
 ORDER BY c.side, c.party_ref, c.contract_ref, c.version DESC;

-- name: contract
SELECT body, known_at FROM company_contracts WHERE contract_ref = %(ref)s AND version = %(version)s;

-- name: add_version
INSERT INTO company_versions (version, applied_at, applied_by, because, digest, changes, body)
VALUES (%(version)s, %(applied_at)s, %(applied_by)s, %(because)s, %(digest)s, %(changes)s, %(body)s);

-- name: add_file
INSERT INTO company_files (hash, body) VALUES (%(hash)s, %(body)s) ON CONFLICT DO NOTHING;

-- name: add_path
INSERT INTO company_version_files (version, path, hash) VALUES (%(version)s, %(path)s, %(hash)s);

-- name: add_contract
INSERT INTO company_contracts (contract_ref, version, company_version, party_ref, side, valid_from,
                               valid_to, known_at, path, body)
VALUES (%(contract_ref)s, %(version)s, %(company_version)s, %(party_ref)s, %(side)s, %(valid_from)s,
        %(valid_to)s, %(known_at)s, %(path)s, %(body)s);

-- name: add_market
INSERT INTO company_market (hash, company_version, kind, known_at, body)
VALUES (%(hash)s, %(company_version)s, %(kind)s, %(known_at)s, %(body)s) ON CONFLICT DO NOTHING;

-- name: market_hashes
SELECT hash FROM company_market;

-- name: touched_shipments
-- Loads of partners whose terms changed, picked up since then at the earliest: what may be priced
-- otherwise. History is not: it was settled elsewhere.
SELECT ref, carrier_ref, customer_ref FROM shipments
 WHERE (%(everybody)s OR carrier_ref = ANY(%(carriers)s) OR customer_ref = ANY(%(customers)s))
   AND status NOT IN ('cancelled', 'recorded')
   AND (pickup_due_at IS NULL OR pickup_due_at >= %(since)s)
 ORDER BY ref;

-- name: shipment_states
SELECT ref, body FROM shipments WHERE ref = ANY(%(refs)s) ORDER BY ref;

-- name: candidates
SELECT candidate_ref, kind, side, shipment_ref, party_ref, company_version, contract_ref,
       contract_version, settled, corrected, difference, currency, documents, text, found_at
  FROM claim_candidates
 WHERE (%(version)s = 0 OR company_version = %(version)s)
   AND (%(shipment_ref)s = '' OR shipment_ref = %(shipment_ref)s)
   AND (%(party_ref)s = '' OR party_ref = %(party_ref)s)
   AND (%(ref)s = '' OR candidate_ref = %(ref)s)
 ORDER BY found_at DESC, candidate_ref;

-- name: bill_states
SELECT ref, body FROM freight_bills WHERE ref = ANY(%(refs)s) ORDER BY ref;
