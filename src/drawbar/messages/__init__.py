"""Messages in and out: raw bytes kept for ever, deliveries in order, gates, dead letters."""
