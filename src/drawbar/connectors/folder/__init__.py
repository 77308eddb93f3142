"""What connectors to partners who share folders with us have in common."""
