"""Question answering models that are made in a moment: their weights are random, all else is as in large ones."""

import warnings
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers

from retrieval.embedding.models import bundled_model

TEXT = (
    "The Australian Foreign Minister co-chaired the meeting with Retno Marsudi. Who led it, when, and why? "
    "Pertemuan itu berlangsung pada hari Senin, 7 Maret 2022, di Paris."
)
_SIZE: dict[str, Any] = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
_START, _PAD, _END, _UNKNOWN = _SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]


def save_bert(folder: Path) -> Path:
    """Save a BERT with the bundled model's tokenizer."""
    from transformers import BertConfig, BertForQuestionAnswering

    tokenizer = Tokenizer.from_file(str(bundled_model() / "tokenizer.json"))
    config = BertConfig(**_SIZE, vocab_size=tokenizer.get_vocab_size())
    return _save(BertForQuestionAnswering, config, tokenizer, folder, pad="[PAD]")


def save_distilbert(folder: Path) -> Path:
    """Save a DistilBERT: a BERT that is not told which tokens are the context's."""
    from transformers import DistilBertConfig, DistilBertForQuestionAnswering

    tokenizer = Tokenizer.from_file(str(bundled_model() / "tokenizer.json"))
    config = DistilBertConfig(vocab_size=tokenizer.get_vocab_size(), dim=32, n_layers=2, n_heads=2, hidden_dim=64)
    return _save(DistilBertForQuestionAnswering, config, tokenizer, folder, pad="[PAD]")


def save_roberta(folder: Path) -> Path:
    """Save a RoBERTa: tokens are bytes, separators are two, places count from 2, and there are few of them."""
    from transformers import RobertaConfig, RobertaForQuestionAnswering

    tokenizer = Tokenizer(models.BPE(unk_token=_UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=400, special_tokens=_SPECIAL, initial_alphabet=alphabet)
    tokenizer.train_from_iterator([TEXT] * 3, trainer)
    tokenizer.post_processor = processors.RobertaProcessing((_END, 2), (_START, 0))
    config = RobertaConfig(
        **_SIZE, vocab_size=tokenizer.get_vocab_size(), max_position_embeddings=66, type_vocab_size=1, pad_token_id=1
    )
    return _save(RobertaForQuestionAnswering, config, tokenizer, folder, pad=_PAD)


def save_deberta(folder: Path) -> Path:
    """Save a DeBERTa (v2 and v3): a word's token begins with the blank before it."""
    from transformers import DebertaV2Config, DebertaV2ForQuestionAnswering

    tokenizer = Tokenizer(models.BPE(unk_token=_UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.train_from_iterator([TEXT] * 3, trainers.BpeTrainer(vocab_size=200, special_tokens=_SPECIAL))
    tokenizer.post_processor = processors.BertProcessing((_END, 2), (_START, 0))
    named: dict[str, Any] = {"position_buckets": 16, "share_att_key": True, "norm_rel_ebd": "layer_norm"}  # not typed
    config = DebertaV2Config(
        **_SIZE,
        **named,
        vocab_size=tokenizer.get_vocab_size(),
        relative_attention=True,
        pos_att_type=["p2c", "c2p"],
        position_biased_input=False,
        type_vocab_size=0,
        pad_token_id=1,
    )
    return _save(DebertaV2ForQuestionAnswering, config, tokenizer, folder, pad=_PAD)


def _save(model: Any, config: Any, tokenizer: Tokenizer, folder: Path, *, pad: str) -> Path:
    """Save a model with the seed 0 and weights larger than usual, so that its logits differ from each other."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
        from transformers import PreTrainedTokenizerFast

        torch.manual_seed(0)
        config.initializer_range = 0.3
        model(config).save_pretrained(folder)
        PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token=pad).save_pretrained(folder)  # type: ignore[no-untyped-call]
    return folder
