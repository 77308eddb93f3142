"""Who may do what: keys for programs, sessions for people, a declared policy for every route."""
