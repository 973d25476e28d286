"""Copy all that Kutip keeps from the data folder into a database, or back."""

import asyncio

from bot.settings import Settings, SettingsError
from bot.telegram.storage.copying import copy_kept
from bot.telegram.storage.keeping import shared_tables
from bot.texts import terminal_texts
from retrieval.embedding.models import load_embedder
from retrieval.index.copying import copy_index
from retrieval.index.stores import open_store
from retrieval.indexing import OnProgress


def migrate(settings: Settings, *, back: bool, on_progress: OnProgress) -> str:
    """Copy the index, then what the bot wrote down; return a line that says how much that was.

    Raises SettingsError if no database is named, RowsError, and what `copy_index` raises.
    """
    url = settings.database_url.get_secret_value()
    if not url:
        raise SettingsError("There is no database to copy to or from: set KUTIP_DATABASE_URL.")
    stores = open_store(settings.data), open_store(settings.data, url)
    source, target = reversed(stores) if back else stores
    embedder = load_embedder(settings.model, settings.data)
    copy = copy_index(source, target, embedder, on_progress=on_progress)
    rows = asyncio.run(copy_kept(settings.data, shared_tables(url), back=back))
    texts = terminal_texts()
    return f"Copied: {texts.documents(copy.document_count)}, {texts.passages(copy.passage_count)}, {rows:,} rows."
