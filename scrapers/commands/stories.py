"""`scrapy stories`: which stories many papers printed."""

from __future__ import annotations

import argparse
import json

from pipelines.plain import number_of, plain
from scrapers.collection_command import CollectionCommand
from scrapers.terminal import positive


class Command(CollectionCommand):
    """Finds near-duplicates over all collections and lists the stories with the most copies."""

    def short_desc(self) -> str:
        return "Find the stories that several articles print"

    def long_desc(self) -> str:
        return (
            f"{self.short_desc()}, over all collections, edited copies and excerpts included. What was read is kept in"
            " DATA_DIR/stories.db, so that the next time only new articles are. `scrapy export --stories` exports it."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super(CollectionCommand, self).add_options(parser)
        parser.add_argument("--limit", type=positive, default=20, help="how many stories (default: 20)")
        parser.add_argument("--json", action="store_true", help="print every article of every story, an object a line")

    def read(self, args: list[str], opts: argparse.Namespace) -> None:
        self.take_no_arguments(args)
        with self.collections() as collections:
            stories = self.stories(collections)
            if opts.json:
                for story in stories:
                    print(json.dumps({name: getattr(story, name) for name in story.__slots__}))
                return
            first = sorted(
                (story for story in stories if story.is_primary), key=lambda story: (-story.copies, story.story_id)
            )
            for story in first[: opts.limit]:
                title = next((found.title for one in collections if (found := one.article(story.article))), None)
                print(f"{story.copies:>6} copies  {plain(story.story_id)}  {plain(title or '-')}")
        articles, together = number_of(len(stories), "article"), number_of(len(first), "story", "stories")
        print(f"{articles} in {together} that more than one prints; `scrapy show ID` shows one")
