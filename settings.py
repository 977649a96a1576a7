"""Scrapy settings: each value that differs from Scrapy's default, with that default and the reason."""

BOT_NAME = "broadsheet"
SPIDER_MODULES = ["scrapers.spiders"]
NEWSPIDER_MODULE = "scrapers.spiders"
COMMANDS_MODULE = "scrapers.commands"
TEMPLATES_DIR = "scrapers/templates"  # default: Scrapy's own; `genspider -t site` writes ours

# Keeping; all ours
DATA_DIR = "data"  # where the collections are kept
COLLECTION = None  # the open collection; set by the `crawl` command, which takes its lock before the crawl starts
SEGMENT_BYTES = 64 * 2**20  # a segment is closed and compressed when it holds more: some 10,000 articles
SEGMENT_COMPRESSION = "zstd"  # or "gzip": half as fast, a third larger, read by everything
DISK_RESERVE = 500 * 2**20  # bytes; with less disk space free than this a crawl stops, with exit code 4

# Defaults that protect people
ROBOTSTXT_OBEY = True  # default False
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8: one reader at a time
DOWNLOAD_DELAY = 1.0  # seconds; default 0
COOKIES_ENABLED = False  # default True: a reader without a history
TELNETCONSOLE_ENABLED = False  # default True: no remote control
DOWNLOAD_MAXSIZE = 10 * 2**20  # bytes; default 1 GiB: no article is that long
DOWNLOAD_WARNSIZE = 0  # default 32 MiB: above our limit
USER_AGENT = "Broadsheet (+https://example.org/broadsheet; set USER_AGENT to name the operator)"

CONCURRENT_ITEMS = 1  # default 100: starts a hundred tasks a response, 2.6 -> 1.6 ms a page

ITEM_PIPELINES = {
    "pipelines.normalize.Normalize": 100,
    "pipelines.validate.Validate": 200,
    "pipelines.deduplicate.Deduplicate": 300,
    "pipelines.keep.Keep": 400,
}
