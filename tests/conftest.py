"""What several tests share: the real embedding model, exported once for them all."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from retrieval.embedding import Embedder
from retrieval.models import load_embedder

# The machine may be busy with other work: how long an example takes is no reason to fail.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the bundled model is exported."""
    data = tmp_path_factory.mktemp("session-data")
    load_embedder(None, data)
    return data


@pytest.fixture(scope="session")
def embedder(models: Path) -> Embedder:
    """The bundled model, as users run it."""
    return load_embedder(None, models)


@pytest.fixture
def data_folder(tmp_path: Path, models: Path) -> Path:
    """A fresh data folder for a process of its own, with the model exported already."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "models").symlink_to(models / "models")
    return data
