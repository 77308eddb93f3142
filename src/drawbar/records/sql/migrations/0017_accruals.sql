-- What is accrued for each shipment, so that exposure is listed without adding up the ledger.

ALTER TABLE shipments ADD COLUMN accrued numeric, ADD COLUMN accrued_currency text,
  ADD COLUMN provisional boolean;
CREATE INDEX shipments_accrued ON shipments (accrued_currency, ref) WHERE accrued <> 0;
