"""The weights of two models are averaged, each by its share."""

import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from training.average import main


def test_every_weight_is_the_mean_by_shares(tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for path in tiny_model.iterdir():
        (other / path.name).write_bytes(path.read_bytes())
    one = load_file(tiny_model / "model.safetensors")
    save_file({name: values + 1 for name, values in one.items()}, other / "model.safetensors", {"format": "pt"})
    command = ["average", str(tiny_model), str(other), "--share", "0.25", "--out", str(tmp_path / "mean")]
    monkeypatch.setattr(sys, "argv", command)
    main()
    mean = load_file(tmp_path / "mean/model.safetensors")
    assert mean.keys() == one.keys()
    for name, values in one.items():
        np.testing.assert_allclose(mean[name], values + 0.25, atol=1e-6, err_msg=name)
    assert (tmp_path / "mean/tokenizer.json").exists()
