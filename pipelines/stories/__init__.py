"""Which articles tell one story: wire copy printed by many papers, found by what their texts share."""
