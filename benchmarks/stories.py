"""How well copies of a story are found, and at what price: `python -m benchmarks.stories [EVENTS]`.

The labelled set is invented: of each event one story, copies of it edited, retitled and excerpted, and other stories
that share the event's names and one quotation but were written apart.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random

from benchmarks.records import SITES, Lexicon
from pipelines.article import Article, article_id, content_hash
from pipelines.store.outcome import Outcome
from pipelines.store.writer import CollectionWriter
from pipelines.stories.index import StoryIndex

EDITED = {"1 % edited": 0.01, "3 % edited": 0.03, "10 % edited": 0.10}
KINDS = ("original", "reprint", *EDITED, "retitled", "first half", "same event")


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """One text of the set."""

    article: Article
    event: int
    kind: str

    @property
    def tells_the_story(self) -> bool:
        return self.kind != "same event"


def labelled(events: int, *, seed: int = 1) -> Iterator[Labelled]:
    """Yield the texts of each event, nine of them: one of each kind, and two of the same event."""
    random = Random(seed)
    lexicons = [Lexicon(language, random) for language, _ in SITES.values()]
    for event in range(events):
        lexicon = lexicons[event % len(lexicons)]
        # what happened gives its reports a title, names and a quotation in common
        names, quotation = lexicon.phrase(12), lexicon.phrase(45)
        title, body = lexicon.phrase(8), _report(lexicon, random, names, quotation)
        texts = [("original", title, body), ("reprint", title, body), ("retitled", lexicon.phrase(9), body)]
        texts += [(kind, title, _edited(body, share, lexicon, random)) for kind, share in EDITED.items()]
        texts.append(("first half", title, body[: len(body) // 2]))
        texts += [("same event", title, _report(lexicon, random, names, quotation)) for _ in range(2)]
        for number, (kind, headline, text) in enumerate(texts):
            url = f"https://paper-{number}.example/{event}"
            yield Labelled(
                article=Article(
                    id=article_id(url), url=url, title=headline, body=text, content_hash=content_hash(headline, text)
                ),
                event=event,
                kind=kind,
            )


def _report(lexicon: Lexicon, random: Random, names: str, quotation: str) -> str:
    paragraphs = [lexicon.phrase(random.randint(30, 70)) for _ in range(random.randint(4, 12))]
    paragraphs.insert(1, quotation)
    return "\n\n".join(f"{paragraph} {names}." for paragraph in paragraphs)


def _edited(text: str, share: float, lexicon: Lexicon, random: Random) -> str:
    """Replace, drop or add a share of the words; of the signs, where words are not divided."""
    units = list(text) if lexicon.language == "zh" else text.split(" ")
    edited = []
    for unit in units:
        if random.random() >= share or unit.endswith("\n\n"):
            edited.append(unit)
        elif (change := random.random()) < 0.8:
            edited.append(lexicon.phrase(1)[: len(unit)] if lexicon.language == "zh" else lexicon.phrase(1))
        elif change < 0.9:
            edited += [unit, lexicon.phrase(1)]
    return ("" if lexicon.language == "zh" else " ").join(edited)


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How the stories that were found compare with the labels, over pairs of texts."""

    precision: float
    """Of the pairs that were put into one story, the share that belong there."""

    recall: dict[str, float]
    """By kind, the share of its texts that were put together with the original."""


def quality(texts: list[Labelled], story_of: dict[str, str]) -> Quality:
    """Score article -> story."""
    by_story: dict[str, list[Labelled]] = {}
    for text in texts:
        if story := story_of.get(str(text.article.id)):
            by_story.setdefault(story, []).append(text)
    right = wrong = 0
    for members in by_story.values():
        for one, other in combinations(members, 2):
            if one.event == other.event and one.tells_the_story and other.tells_the_story:
                right += 1
            else:
                wrong += 1
    originals = {text.event: story_of.get(str(text.article.id)) for text in texts if text.kind == "original"}
    found: Counter[str] = Counter()
    for text in texts:
        if originals[text.event] and story_of.get(str(text.article.id)) == originals[text.event]:
            found[text.kind] += 1
    events = len(originals)
    copies = [kind for kind in KINDS if kind not in ("original", "same event")]
    return Quality(precision=right / ((right + wrong) or 1), recall={kind: found[kind] / events for kind in copies})


def main(events: int) -> None:
    """Print precision, recall by kind, and CPU time a record."""
    texts = list(labelled(events))
    with tempfile.TemporaryDirectory() as folder:
        writer = CollectionWriter(Path(folder) / "papers")
        for text in texts:
            outcome = Outcome()
            outcome.keep(text.article.url, text.article)
            writer.finish(None, outcome)
        writer.commit()
        with StoryIndex(Path(folder) / "stories.db") as index:
            started = time.process_time()
            read = index.update([writer])
            indexed = time.process_time()
            stories = index.stories()
            grouped = time.process_time()
        writer.close()
    result = quality(texts, {story.article: story.story_id for story in stories})
    print(f"{read:,} texts of {events:,} events")
    print(f"indexing {(indexed - started) / read * 1000:.3f} ms of CPU a record,", end=" ")
    print(f"grouping {(grouped - indexed) / read * 1000:.3f}")
    print(f"precision  {result.precision:.4f}")
    for kind, share in result.recall.items():
        print(f"recall     {share:.4f}  {kind}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", type=int, nargs="?", default=2_000)
    main(parser.parse_args().events)
