"""A bank that takes payment orders, and tells what became of them, as files in folders."""
