"""A carrier behind a portal: tables (CSV) of loads for it, tables of what it says from it."""
