"""What every test shares: how a test says what it needs from outside, and what did not run."""
