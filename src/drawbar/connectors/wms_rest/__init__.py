"""The small WMS over REST: goods set aside for an order, and given back."""
