"""`scrapy genspider` writes a site's module that Scrapy can load at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Scrapy


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    """A folder with an empty package of sites."""
    (tmp_path / "invented").mkdir()
    (tmp_path / "invented" / "__init__.py").write_text("", encoding="utf-8")
    return tmp_path


def test_the_module_can_be_loaded(scrapy_process: Scrapy, sites: Path) -> None:
    settings = ("-s", "SPIDER_MODULES=invented", "-s", "NEWSPIDER_MODULE=invented")
    written = scrapy_process(
        "genspider", "-t", "site", "harbour_post", "https://www.post.example", *settings, path=sites
    )
    assert written.returncode == 0, written.stdout + written.stderr
    module = (sites / "invented" / "harbour_post.py").read_text(encoding="utf-8")
    assert 'name = "harbour_post"' in module
    assert '"post.example"' in module
    assert scrapy_process("list", *settings, path=sites).stdout.split() == ["harbour_post"]

    written = scrapy_process("genspider", "harbour_news", "news.example:8080/", *settings, path=sites)
    assert written.returncode == 0, written.stdout + written.stderr
    module = (sites / "invented" / "harbour_news.py").read_text(encoding="utf-8")
    assert '"news.example"' in module
    assert '"https://news.example:8080/"' in module

    again = scrapy_process("genspider", "harbour_post", "https://www.post.example", *settings, path=sites)
    assert again.returncode == 1
    assert "already exists" in again.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["apnews.com", "https://apnews.com"], 2, "'apnews.com' names no module"),
        (["class", "https://apnews.com"], 2, "'class' names no module"),
        (["apnews_com", "apnews"], 2, "'apnews' is no address"),
        (["apnews_com", 'https://apnews.com/"+x'], 2, "is no address"),
        (["apnews_com", "ftp://apnews.com"], 2, "is no address"),
        (["apnews_com"], 2, "a NAME and a URL"),
        (["-t", "no_such_template", "harbour_post", "https://post.example"], 1, "no_such_template"),
    ],
)
def test_what_cannot_be_done_is_named(scrapy: Scrapy, arguments: list[str], code: int, message: str) -> None:
    shown = scrapy("genspider", *arguments)
    assert shown.returncode == code
    assert message in shown.stdout + shown.stderr
