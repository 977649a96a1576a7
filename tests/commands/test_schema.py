"""`scrapy schema` prints a schema that describes each field."""

from __future__ import annotations

import json

from tests.commands.conftest import Scrapy


def test_schema(scrapy: Scrapy) -> None:
    schema = json.loads(scrapy("schema").stdout)
    assert schema["$defs"]["Article"]["properties"]["byline"]["description"].startswith("The line that names")


def test_an_argument_is_refused(scrapy: Scrapy) -> None:
    shown = scrapy("schema", "--no-such-option")
    assert shown.returncode == 2
    assert "--no-such-option" in shown.stderr
