"""A carrier with a JSON API: loads are tendered to it; what it says is read from its feed."""
