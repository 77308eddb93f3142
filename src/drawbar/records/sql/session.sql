-- Scratch tables of one connection: rows on their way into tables that must not take doubles.

-- name: scratch
-- Same columns as the tables they lead to; emptied by each commit.
CREATE TEMPORARY TABLE IF NOT EXISTS new_names (
  kind text, value text, party text, stream_kind text, stream_ref text, spelled text,
  fact_id bigint
) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS new_customers (LIKE customers, steps bigint)
  WITH (toast_tuple_target = 8160) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS new_orders (LIKE orders, steps bigint)
  WITH (toast_tuple_target = 8160) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS new_shipments (LIKE shipments, steps bigint)
  WITH (toast_tuple_target = 8160) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS new_freight_bills (LIKE freight_bills, steps bigint)
  WITH (toast_tuple_target = 8160) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS new_customer_invoices (LIKE customer_invoices, steps bigint)
  WITH (toast_tuple_target = 8160) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS new_number_series (LIKE number_series, steps bigint)
  WITH (toast_tuple_target = 8160) ON COMMIT DELETE ROWS;
