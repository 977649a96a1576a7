"""Crawls of many sites, by the clock, and how the sites are doing."""
