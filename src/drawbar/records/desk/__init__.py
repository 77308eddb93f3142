"""What the desks and the API look up: streams, their stories, what waits and for whom."""
