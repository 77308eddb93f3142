"""A partner over AS2: signed and sealed messages over HTTP, each answered by a signed receipt."""
