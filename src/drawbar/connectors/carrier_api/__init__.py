"""A carrier with a JSON API: loads go to it one by one, what it says is read from its feed."""
