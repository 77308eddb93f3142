"""A telematics provider over HTTP: batches of what the trucks' boxes saw. It is only read."""
