"""What happens to a record, and where it is kept; knows nothing of scraping."""
