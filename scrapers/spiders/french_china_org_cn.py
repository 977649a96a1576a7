"""French.china.org.cn: the French edition of China's state portal."""

from scrapers.page import ArticlePage, field
from scrapers.sources import Section
from scrapers.spider import NewsSpider

ARTICLE = r"/txt/\d{4}-\d{2}/\d{2}/content_\d+\.htm$"  # later pages of it end in _2.htm, _3.htm


class Page(ArticlePage):
    timezone = "Asia/Shanghai"
    default_language = "fr"
    default_charset = "gb18030"

    @field
    def byline(self) -> str | None:
        # <span>Par : Clémence&nbsp;|&nbsp; Mots clés : fanfare</span>; <meta name="author"> is the web editor
        return self._printed("Par")

    @field
    def keywords(self) -> list[str]:
        # Mots clés : passerelle ,bambou,Yunting
        _, _, words = (self._printed("Mots clés") or "").partition(":")
        return [word.strip() for word in words.split(",")]

    def _printed(self, label: str) -> str | None:
        """Return the part between bars that starts with a label, of whichever line holds it."""
        for line in self.whole_soup.find_all(string=lambda text: f"{label} :" in text):
            for part in line.split("|"):
                if part.strip().startswith(label):
                    return " ".join(part.split())
        return None


class FrenchChina(NewsSpider):
    name = "french_china_org_cn"
    allowed_domains = ["french.china.org.cn"]
    sources = [
        Section(f"http://french.china.org.cn/{name}", links=ARTICLE)
        for name in ("", "china/", "foreign/", "business/", "culture/", "travel/")
    ]
    article_url = ARTICLE
    page = Page
