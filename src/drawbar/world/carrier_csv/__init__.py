"""A carrier behind a portal: it takes tables of loads and puts out tables of what it has to say."""
