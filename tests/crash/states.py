"""What a collection holds."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator

from benchmarks.crash import Site, content
from benchmarks.linked_pages import kind_of
from pipelines.store.verify import verify


def raw_pages(collection: Path) -> set[str]:
    """Return the paths of the responses in the WARC files, read by a library that did not write them."""
    found = set()
    for file in sorted((collection / "pages").glob("*.warc.gz")):
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                if record.rec_type == "response":
                    assert record.http_headers.get_statuscode() == "200"
                    found.add(urlsplit(record.rec_headers.get_header("WARC-Target-URI")).path)
                record.content_stream().read()
    return found


def is_whole(site: Site, data: str) -> bool:
    """Whether a collection is sound and holds every page of its site."""
    collection = site.folder / data / "linked"
    faults = list(verify(collection))
    assert not faults, faults
    pages = sum(kind_of(number) != "moved" for number in range(site.server.count))
    return len(set(content(collection))) == pages


def log(site: Site) -> str:
    return (site.folder / "log").read_text()
