"""Invented records of real size, for measuring what happens to many of them; the same seed gives the same records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import accumulate
from random import Random

from pipelines.article import Article, Image, article_id, content_hash

SITES = {
    "harbour-gazette.example": ("en", 60),
    "lechodulac.example": ("fr", 120),
    "talbote.example": ("de", 120),
    "lavozdelrio.example": ("es", -180),
    "chenbao.example": ("zh", 480),
    "almadina.example": ("ar", 180),
}
"""Invented sites: host -> language, minutes east of UTC."""

_SYLLABLES = {
    "en": "thing er west land or ly ness ship port ward ing stone a the mar ket cor ner".split(),
    "fr": "ment eau é tion le la re gion pa ri ce an oir eux ille port mer quai vi".split(),
    "de": "ung en haft land burg er ge stadt markt keit ver ein über tal bach berg".split(),
    "es": "ción ar dad el pue blo río ma ño ca sa es ta con ver de mer ra".split(),
    "zh": list("新闻城市港口河流市场工程桥梁学校医院居民会议计划春天道路火车报告"),
    "ar": "ال مد ين ة كت اب سو ق نه ر بح ر مر كز خط ة جد يد عا م".split(),
}
_FIRST = datetime(2021, 1, 1, tzinfo=UTC)
_DAYS = 3 * 365


def generate(count: int, *, seed: int = 1) -> Iterator[Article]:
    """Yield `count` articles of six invented sites in order of fetching, 3 KB of text each on average."""
    random = Random(seed)
    lexicons = {language: Lexicon(language, random) for language in _SYLLABLES}
    step = timedelta(days=_DAYS) / max(count, 1)
    sites = list(SITES.items())
    for number in range(count):
        site, (language, offset) = sites[number % len(sites)]
        yield _article(number, site, lexicons[language], _FIRST + number * step, offset, random)


class Lexicon:
    """Words of one invented tongue, few of them frequent and most of them rare, as words are."""

    def __init__(self, language: str, random: Random) -> None:
        self.language = language
        self._random = random
        syllables = _SYLLABLES[language]
        self._space = "" if language == "zh" else " "
        self._words = ["".join(random.choices(syllables, k=random.randint(1, 4))) for _ in range(20_000)]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))
        self.names = [f"{self.phrase(1).title()} {self.phrase(1).title()}" for _ in range(300)]
        self.tags = [self.phrase(random.randint(1, 2)) for _ in range(500)]

    def phrase(self, words: int) -> str:
        return self._space.join(self._random.choices(self._words, cum_weights=self._weights, k=words))

    def text(self, paragraphs: int) -> str:
        return "\n\n".join(f"{self.phrase(self._random.randint(30, 80)).capitalize()}." for _ in range(paragraphs))


def _article(number: int, site: str, lexicon: Lexicon, published: datetime, offset: int, random: Random) -> Article:
    local = published.astimezone(timezone(timedelta(minutes=offset)))
    url = f"https://{site}/{local:%Y/%m/%d}/{number}"
    title = lexicon.phrase(random.randint(6, 12)).capitalize()
    body = lexicon.text(random.randint(3, 14))
    author = random.choice(lexicon.names)
    is_precise = random.random() < 0.9
    return Article(
        id=article_id(url),
        url=url,
        canonical_url=url,
        site=site,
        title=title,
        description=lexicon.phrase(20),
        byline=author,
        authors=[author],
        agency="AFP" if random.random() < 0.1 else None,
        date=f"{local:%Y-%m-%d}",
        published_at=local.isoformat(timespec="seconds") if is_precise else None,
        keywords=random.sample(lexicon.tags, random.randint(0, 6)),
        section=lexicon.tags[number % 12],
        language=lexicon.language,
        body=body,
        images=[
            Image(url=f"https://{site}/images/{number}.jpg", caption=lexicon.phrase(9), credit=author)
            for _ in range(random.randint(0, 2))
        ],
        free_access=random.choice([True, None]),
        evidence={
            "title": "json-ld",
            "authors": "json-ld",
            "date": "json-ld" if is_precise else "url",
            "keywords": "meta:news_keywords",
            "language": "html:lang",
            "body": "blocks",
        },
        fetched_at=(published + timedelta(minutes=random.randint(5, 600))).isoformat(timespec="seconds"),
        content_hash=content_hash(title, body),
        run=f"{published:%Y%m%dT000000Z}",
    )
