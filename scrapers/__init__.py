"""Finds the pages of news sites and reads them."""
