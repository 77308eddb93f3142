"""A partner with legacy flat files: fixed width, delimited or IDoc-like, told by a layout file."""
