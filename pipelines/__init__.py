"""What happens to a record, and where it is kept; knows nothing of scraping."""

from pipelines.store.collection import Collection, open_collection
from pipelines.store.errors import Damaged, Locked, NoCollection, StoreError

__all__ = ["Collection", "Damaged", "Locked", "NoCollection", "StoreError", "open_collection"]
