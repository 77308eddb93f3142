"""A warehouse or dock that tells what was scanned there by GS1 EPCIS 2.0. It is only read."""
