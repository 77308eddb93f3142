"""A telematics provider: trucks that enter and leave places, asked for in batches over HTTP."""
