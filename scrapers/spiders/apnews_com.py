"""The Associated Press."""

from scrapers.page import ArticlePage, Field
from scrapers.sources import NewsSitemap
from scrapers.spider import NewsSpider


class Page(ArticlePage):
    body = Field("div.RichTextStoryBody > p, div.RichTextStoryBody > h2")
    byline = Field("div.Page-authors")


class APNews(NewsSpider):
    name = "apnews_com"
    allowed_domains = ["apnews.com"]
    sources = [NewsSitemap("https://apnews.com/news-sitemap-content.xml")]
    article_url = r"/article/"
    page = Page
