"""The desks' pages: plain HTML that works without a script, each with a twin as data."""
