"""Scrapy settings: each value that differs from Scrapy's default, with that default and the reason."""

from pathlib import Path

BOT_NAME = "broadsheet"
SPIDER_MODULES = ["scrapers.spiders"]
SPIDER_LOADER_CLASS = "scrapers.loader.SiteLoader"  # default: Scrapy's, which a broken module of one site ends
NEWSPIDER_MODULE = "scrapers.spiders"
COMMANDS_MODULE = "scrapers.commands"
TEMPLATES_DIR = str(Path(__file__).parent / "scrapers" / "templates")  # default: Scrapy's own

LOG_LEVEL = "WARNING"  # default DEBUG, a line a page: a crawl tells its progress and summary itself
EXTENSIONS = {
    "scrapers.progress.Progress": 500,
    "scrapers.account.Account": 500,
    "scrapers.throttle.Throttle": 0,  # its place
    "scrapy.extensions.throttle.AutoThrottle": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.remote_control.RemoteControl": None,  # loading it takes half a second, even disabled
}

# Keeping; all ours. `scrapy crawl` also sets SCHEDULER, to the queue that survives a crash
DATA_DIR = "data"  # where the collections are kept
COLLECTION = None  # the open collection; `scrapy crawl` sets it when it has the lock
RAW_PAGES = True  # keep each response that was read, as sent, in pages/*.warc.gz
COMMIT_INTERVAL = 0.2  # seconds: what a crash can cost; a commit takes some 2 ms
SEGMENT_BYTES = 64 * 2**20  # a segment is closed and compressed when it holds more: some 10,000 articles
SEGMENT_COMPRESSION = "zstd"  # or "gzip": half as fast, a third larger, read by everything
DISK_RESERVE = 500 * 2**20  # bytes; with less disk space free than this a crawl stops, with exit code 4

# Crawling again; ours
REVISIT_AFTER = "1,6,24,72"  # hours after it was found; a young article is looked at again for changes

# Defaults that protect people
USER_AGENT = "Broadsheet (+https://example.org/broadsheet; set USER_AGENT to name the operator)"  # default names Scrapy
ROBOTSTXT_OBEY = True  # default False
ROBOTSTXT_USER_AGENT = "Broadsheet"  # default USER_AGENT: the product token that a robots.txt addresses
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8: one reader at a time
DOWNLOAD_DELAY = 1.0  # seconds; default 0
AUTOTHROTTLE_ENABLED = True  # default False: a server that is slow is asked less often
AUTOTHROTTLE_START_DELAY = 0  # seconds; default 5: begins with DOWNLOAD_DELAY
AUTOTHROTTLE_TARGET_CONCURRENCY = 0.5  # default 1: after each answer a pause as long as the answer took
CONCURRENT_REQUESTS = 64  # default 16: each host that is slow or waits for its delay takes one
DOWNLOAD_TIMEOUT = 60  # seconds; default 180
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # default ERROR: the record of the failed page says it
COOKIES_ENABLED = False  # default True: a reader without a history
TELNETCONSOLE_ENABLED = False  # default True: no remote control
REMOTE_CONTROL_ENABLED = False  # default True: an HTTP port that runs code
DOWNLOAD_MAXSIZE = 10 * 2**20  # bytes, also decompressed; default 1 GiB: no article is that long. Lists may have 50 MiB
DOWNLOAD_WARNSIZE = 0  # default 32 MiB: above our limit
DOWNLOAD_VERIFY_CERTIFICATES = True  # default False
ALLOWED_PRIVATE_HOSTS = ""  # ours: comma-separated host:port that the guard lets through, such as 127.0.0.1:8000
TWISTED_DNS_RESOLVER = "scrapers.guard.GuardedResolver"  # default resolves to private addresses too
DOWNLOAD_HANDLERS = {
    "http": "scrapers.guard.GuardedHandler",  # default fetches from any address and port
    "https": "scrapers.guard.GuardedHandler",
    "file": None,  # default on: a sitemap could name file:///etc/passwd
    "data": None,
    "ftp": None,
    "s3": None,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapers.middlewares.recall.Recall": 25,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapers.middlewares.stay.StayOnSite": 50,  # its place
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapers.middlewares.obey.ObeyRobots": 100,  # its place
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapers.middlewares.follow.FollowRefreshes": 580,  # its place
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapers.middlewares.decompress.Decompress": 590,  # its place
    "scrapers.middlewares.back_off.BackOff": 595,  # before a busy server's page is read
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapers.middlewares.follow.FollowRedirects": 600,  # its place
    "scrapers.middlewares.doubt.Doubt": 610,
}
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]  # default also 429 and 503, at once; these are BackOff's
BACK_OFF = 5  # ours: seconds to wait after 429 or 503 without Retry-After, twice as long each time
RETRY_AFTER_MAX = 3600  # ours: seconds; pages of a host that asks for more stay queued, for a later crawl
ROBOTSTXT_RETRY_TIMES = 4  # ours: how often a robots.txt that fails is asked again, after BACK_OFF, BACK_OFF * 2, ...

# Watching; ours but for Scrapy's MAIL_*, which name the mail server
HEALTH_WEBHOOK = ""  # where `scrapy health` posts a change of verdict, as JSON; public addresses only, or allowed ones
HEALTH_CONFIRMED = (
    2  # crawls in a row with a verdict before it is told and in the exit code: a single bad one is often chance
)
HEALTH_MAIL_TO = ""  # comma-separated addresses to which it mails it

REQUEST_FINGERPRINTER_CLASS = "scrapers.fingerprint.Fingerprinter"  # default: an address with utm_ is another page
WARN_ON_GENERATOR_RETURN_VALUE = False  # default True: parses the source of the callback for every page
CONCURRENT_ITEMS = 1  # default 100: starts a hundred tasks a response, 2.6 -> 1.6 ms a page

ITEM_PIPELINES = {
    "pipelines.normalize.Normalize": 100,
    "pipelines.validate.Validate": 200,
    "pipelines.deduplicate.Deduplicate": 300,
    "pipelines.keep.Keep": 400,
}
