"""Index what the settings name, or go back, without what answers: that is not loaded then."""

from contextlib import nullcontext

from bot.settings import Settings
from retrieval.embedding.embedder import Embedder
from retrieval.embedding.models import load_embedder
from retrieval.index.cluster import connected
from retrieval.index.protocols import Index, IndexStore
from retrieval.index.stores import open_store
from retrieval.indexing import IndexingOptions, OnProgress, update_index
from retrieval.receipts import Receipt


def indexing_options(settings: Settings) -> IndexingOptions:
    """Return what the settings say of indexing."""
    return IndexingOptions(settings.knowledge, max_bytes=settings.max_bytes, data=settings.data)


def _opened(settings: Settings) -> tuple[Embedder, IndexStore]:
    embedder = load_embedder(settings.model, settings.data)
    return embedder, open_store(settings.data, settings.database_url.get_secret_value())


def index_all(settings: Settings, cluster: str, on_progress: OnProgress) -> Receipt:
    """Bring the index up to date; the Dask cluster at an address reads and embeds, if there is one.

    Raises what `update_index` raises, ModelError, DatabaseError.
    """
    embedder, store = _opened(settings)
    lent = connected(cluster, settings.model, settings.data) if cluster else nullcontext()
    with lent as workers:
        return update_index(
            store,
            workers.embedder(embedder) if workers else embedder,
            indexing_options(settings),
            workers=workers,
            check=True,
            on_progress=on_progress,
        )


def roll_back(settings: Settings) -> Index:
    """Make the version of the index before this one the current one, until an update that is asked for.

    Raises RollbackError, IndexUnusableError, DataError, ModelError, DatabaseError.
    """
    embedder, store = _opened(settings)
    with store.writing(wait=True):
        return store.roll_back(embedder.fingerprint)
