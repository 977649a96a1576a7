"""Articles from Python, cell by cell: `python examples/analysis.py data/newsroom`, or open it as a notebook."""

# %% A collection, which a crawl may be writing meanwhile
import sys
from datetime import date

from pipelines import open_collection
from pipelines.export.selected import select

collection = open_collection(sys.argv[1] if len(sys.argv) == 2 else "data/newsroom")
print(len(collection), "articles;", collection.counts())

# %% Typed records, in the order in which they were kept: needs no extra
for article in collection.articles():
    print(article.date, article.title, article.authors, article.evidence.get("date"))
    break

# %% A choice of them: `pip install -e '.[export]'`; conditions are DuckDB's SQL over the columns of a dataset
recent = select(collection, since=date(2022, 1, 1), languages=("fr", "de"), where="len(authors) > 0")
print(len(recent), "recent articles")
for article in recent:
    print(article.published_at, article.title)
    break

# %% Columns as Arrow, and frames on the same memory
columns = select(collection, columns=("site", "date", "published_at", "fetched_at", "keywords"))
table = columns.to_arrow()
print(table.schema)

by_site = columns.to_pandas().groupby("site").size()
print(by_site)

frame = columns.to_polars()
delays = frame.select("site", delay=frame["fetched_at"] - frame["published_at"])
print(delays.group_by("site").median().sort("site"))

# %%
collection.close()
