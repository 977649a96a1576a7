"""What waits to be fetched: the parts of the frontier."""
