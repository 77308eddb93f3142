"""The small ERP over REST: what finance sees of what we did, and the orders that it releases."""
