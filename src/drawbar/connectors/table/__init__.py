"""Tables: delimited files of orders or past deliveries, read by a mapping that a person wrote."""
