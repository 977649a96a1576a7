"""Finds the pages of news sites and reads them."""

import gc

# Python looks for garbage after every 700 new objects; reading a page makes thousands, which its last reader frees.
# Looking less often saves 3 % of the time that a page takes.
gc.set_threshold(20_000)
