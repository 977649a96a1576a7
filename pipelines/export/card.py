"""The dataset card: a README whose head the Hugging Face hub reads, and whose rest people read."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipelines.export.columns import Column
from pipelines.export.facts import Facts
from pipelines.export.manifest import MANIFEST, File, Manifest
from pipelines.plain import number_of

_SIZES = {
    10**3: "n<1K",
    10**4: "1K<n<10K",
    10**5: "10K<n<100K",
    10**6: "100K<n<1M",
    10**7: "1M<n<10M",
    10**8: "10M<n<100M",
}
_RIGHTS = """\
The articles belong to their publishers, who have licensed nothing through this dataset. Quoting them, mining them for
research, and passing them on are governed by the law where you are and by the publishers' terms; `url` and `site` name
the source of each. A dataset made with `--text none` holds the facts about the articles without their texts.
`authors`, `byline` and the credits of `images` name people: handle them as personal data."""


def schema(columns: Sequence[Column]) -> str:
    """Return the columns with type and meaning as JSON."""
    data = [{"name": column.name, "type": column.type, "meaning": column.meaning} for column in columns]
    return json.dumps({"columns": data}, indent=2, ensure_ascii=False) + "\n"


def render(name: str, facts: Facts, manifest: Manifest, files: Sequence[File]) -> str:
    """Return the card of the dataset in a folder of this name."""
    return "\n".join(
        [
            *_head(name, facts, files),
            *_summary(name, facts),
            *_columns(facts),
            *_counts(facts),
            *_making(manifest),
            *_files(files),
            "## Rights",
            "",
            _RIGHTS,
            "",
        ]
    )


def _head(name: str, facts: Facts, files: Sequence[File]) -> Iterator[str]:
    """Yield YAML; JSON's strings are also YAML's."""
    yield "---"
    yield f"pretty_name: {json.dumps(name)}"
    languages = sorted({tag.partition("-")[0].lower() for tag in facts.by("language")} - {"unknown"})
    if languages:
        yield "language:"
        yield from (f"- {json.dumps(language)}" for language in languages)
    yield "license: other"
    yield "size_categories:"
    yield f"- {next((size for limit, size in _SIZES.items() if facts.articles < limit), '100M<n<1B')}"
    yield "tags:"
    yield "- news"
    suffixes = {suffix for file in files for suffix in (".parquet", ".jsonl", ".csv") if suffix in file.path}
    if suffixes:
        yield "configs:"
        yield "- config_name: default"
        yield "  data_files:"
        yield "  - split: train"
        yield f"    path: {json.dumps('data/**' if len(files) > 1 else files[0].path)}"
    yield "---"
    yield ""


def _summary(name: str, facts: Facts) -> Iterator[str]:
    yield f"# {_plain(name)}"
    yield ""
    found = f"{number_of(facts.articles, 'news article')} of {number_of(len(facts.by('site')), 'site')}"
    days = f", published from {facts.first} to {facts.last}" if facts.first else ""
    has_text = any(column.name == "body" for column in facts.columns)
    yield f"{found}{days}; {facts.characters:,} characters of text." if has_text else f"{found}{days}."
    yield ""


def _columns(facts: Facts) -> Iterator[str]:
    yield "## Columns"
    yield ""
    coverage = facts.coverage()
    yield from _table(
        ("column", "type", "present", "meaning"),
        ((column.name, column.type, f"{coverage[column.name]:.1%}", column.meaning) for column in facts.columns),
    )


def _counts(facts: Facts) -> Iterator[str]:
    lines: Mapping[str, Iterable[tuple[str, int]]] = {
        "site": facts.by("site").most_common(),
        "language": facts.by("language").most_common(),
        "month": sorted(facts.by("month").items()),
    }
    for line, counts in lines.items():
        yield f"## Articles by {line}"
        yield ""
        yield from _table((line, "articles"), ((value, f"{number:,}") for value, number in counts))


def _making(manifest: Manifest) -> Iterator[str]:
    yield "## How it was made"
    yield ""
    made_with = ", ".join(f"{program} {version}" for program, version in manifest.made_with.items())
    yield f"Exported with {made_with}; selection: `{json.dumps(manifest.selection, ensure_ascii=False)}`."
    yield ""
    yield from _table(
        ("collection", "runs", "first run", "last run"),
        (
            (source.collection, str(source.runs), source.first_run or "", source.last_run or "")
            for source in manifest.sources
        ),
    )
    if manifest.damaged:
        yield "These segments could not be read, and their articles are missing here:"
        yield ""
        yield from (f"- {_plain(reason)}" for reason in manifest.damaged)
        yield ""


def _files(files: Sequence[File]) -> Iterator[str]:
    yield "## Files"
    yield ""
    yield f"`{MANIFEST}` holds size, rows and SHA-256 of every file. The data:"
    yield ""
    shown = files[:20]
    yield from _table(("file", "rows", "bytes"), ((file.path, f"{file.rows:,}", f"{file.bytes:,}") for file in shown))
    if len(files) > len(shown):
        yield f"and {len(files) - len(shown):,} more."
        yield ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(map(_plain, row))} |"
    yield ""


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    return html.escape(" ".join(text.replace("\0", "").split()), quote=False).replace("|", "\\|")
