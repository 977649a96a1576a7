"""The Halmere Courier: an invented news outlet, served on loopback for the demo and the tests to crawl.

`pages/` holds what it publishes, a folder each: `page.html` as the site sends it, beside `article.json`, the record
that a crawl must keep of it, or `rejection.json`, the reason for which it must not.
"""
