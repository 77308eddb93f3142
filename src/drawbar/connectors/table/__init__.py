"""Tables: delimited files of orders or of past deliveries, read by a mapping that a person wrote."""
