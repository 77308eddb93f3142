"""Version 1 of the API. Its bodies are a promise: fields are only ever added, with a default."""
