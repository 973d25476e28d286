"""Train a reader on examples made by training/examples.py: where does the passage answer the question, if it does?

    python -m training.train EXAMPLES --out FOLDER --steps 4000 [--repeat SET=TIMES]...

A span head on the bundled model (or on --start): the first token stands for "no answer", as in SQuAD 2.0. Every
annotated answer counts as right (Clark and Gardner, "Simple and Effective Multi-Paragraph Reading Comprehension",
2018). The learning rate stays the same after the warm-up, and falls to 0 in the last --decay steps. A killed run goes
on from its last checkpoint; one whose rate has fallen goes on, with other --steps, from where the fall began.

FOLDER/model becomes a Hugging Face question answering model, FOLDER/loss.jsonl the log.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import AutoModelForQuestionAnswering, AutoTokenizer, PreTrainedModel

from retrieval.embedding.models import bundled_model
from training.batches import Batch, Item, batches, draw_epoch, load_examples, padded, tokenised
from training.teaching import Teacher

_WARM_UP = 200
_WEIGHT_DECAY = 0.01
_MAX_NORM = 1.0
_WINDOW = 320  # tokens of question and context
_LOG_EVERY = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """How the learning rate goes."""

    rate: float
    steps: int
    decay: int

    def rate_at(self, step: int) -> float:
        """Return the learning rate of a step, from 0."""
        left = (self.steps - step) / max(self.decay, 1)
        return self.rate * min(1.0, (step + 1) / _WARM_UP, left)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("examples", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--start", type=Path, help="a model folder to start from, instead of the bundled one")
    parser.add_argument("--steps", type=int, default=4_000)
    parser.add_argument("--decay", type=int, default=1_000)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--batch-tokens", type=int, default=6_144)
    parser.add_argument(
        "--repeat", type=_repeat, action="append", default=[], metavar="SET=TIMES", help="how often an epoch has a set"
    )
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--keep-words", action="store_true", help="do not train the word embeddings")
    parser.add_argument("--keep-layers", type=int, default=0, help="do not train what is below this layer, from 0")
    parser.add_argument("--teacher", type=Path, help="a larger model whose answers are learnt, too, of --taught sets")
    parser.add_argument("--taught", action="append", default=[], metavar="SET", help="a set that it answers well")
    parser.add_argument("--teacher-share", type=float, default=0.5, help="of the loss, what the teacher's answers are")
    parser.add_argument("--save-every", type=int, default=100, help="steps between checkpoints")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    examples = load_examples(options.examples)
    if not examples:
        parser.error(f"there are no examples in {options.examples}")
    repeats = dict(options.repeat)
    if unknown := {*repeats, *options.taught} - {one.set for one in examples}:
        parser.error(f"there are no examples of {', '.join(sorted(unknown))}")
    torch.manual_seed(options.seed)
    start = str(options.start or bundled_model())
    model: PreTrainedModel = AutoModelForQuestionAnswering.from_pretrained(
        start,
        attn_implementation="eager",
        hidden_dropout_prob=options.dropout,
        attention_probs_dropout_prob=options.dropout,
    )
    model.get_input_embeddings().weight.requires_grad_(not options.keep_words)
    if options.keep_layers:
        body: Any = model.base_model
        body.requires_grad_(False)
        body.encoder.layer[options.keep_layers :].requires_grad_(True)
    hugging_face = AutoTokenizer.from_pretrained(start)
    tokenizer: Tokenizer = Tokenizer.from_str(hugging_face.backend_tokenizer.to_str())
    tokenizer.enable_truncation(_WINDOW, strategy="longest_first")
    tokenizer.no_padding()
    plan = Plan(options.rate, options.steps, options.decay)
    teacher = Teacher(options.teacher, _WINDOW) if options.teacher else None
    run = Run(model, plan, options.out, teacher, teacher_share=options.teacher_share, save_every=options.save_every)
    taught, others = ([one for one in examples if (one.set in options.taught) is told] for told in (True, False))

    def draw(random: Random) -> list[Item]:
        return [
            *tokenised(draw_epoch(others, repeats, random), tokenizer),
            *tokenised(draw_epoch(taught, repeats, random), tokenizer, teacher),
        ]

    stream = _stream(draw, options.batch_tokens, options.seed, skip=run.step)
    run.train(stream)
    model.save_pretrained(options.out / "model")
    hugging_face.save_pretrained(options.out / "model")
    print(f"Trained: {options.out / 'model'}", flush=True)


def _repeat(said: str) -> tuple[str, float]:
    name, _, times = said.partition("=")
    return name, float(times)


def _stream(
    draw: Callable[[Random], Sequence[Item]], tokens: int, seed: int, *, skip: int
) -> Iterator[tuple[float, list[Item]]]:
    """Yield (epochs done, batch) for ever, the same for the same seed, without the first `skip` batches."""
    epoch = 0
    while True:
        random = Random(f"{seed} {epoch}")
        items = draw(random)
        made = batches(items, tokens, random)
        print(f"epoch {epoch}: {len(items)} pairs, {len(made)} batches", flush=True)
        for number, batch in enumerate(made):
            if skip:
                skip -= 1
                continue
            yield epoch + number / len(made), [items[item] for item in batch]
        epoch += 1


class Run:
    """One training run and its checkpoints."""

    def __init__(
        self,
        model: PreTrainedModel,
        plan: Plan,
        folder: Path,
        teacher: Teacher | None,
        *,
        teacher_share: float,
        save_every: int,
    ) -> None:
        """Go on from the last checkpoint in the folder that fits the plan, or begin."""
        self.step = 0
        self._falling = False
        self._save_every = save_every
        self._model = model
        self._plan = plan
        self._folder = folder
        self._teacher = teacher
        self._teacher_share = teacher_share
        trained = [weights for weights in model.parameters() if weights.requires_grad]
        self._optimizer = torch.optim.AdamW(trained, lr=plan.rate, weight_decay=_WEIGHT_DECAY, fused=True)
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "last.pt").exists() and not self._resume(folder / "last.pt"):
            self._resume(folder / "before-decay.pt")

    def train(self, stream: Iterator[tuple[float, list[Item]]]) -> None:
        self._model.train()
        losses: list[float] = []
        tokens, began = 0, time.monotonic()
        for epoch, items in islice(stream, max(0, self._plan.steps - self.step)):
            if not self._falling and self.step >= self._plan.steps - self._plan.decay:
                self._save("before-decay.pt")
                self._falling = True
            batch = padded(items)
            losses.append(self._take_step(batch, self._lessons(items, batch.input_ids.shape)))
            tokens += int(batch.attention_mask.sum())
            self.step += 1
            if self.step % _LOG_EVERY == 0:
                seconds = time.monotonic() - began
                line = {
                    "step": self.step,
                    "epoch": round(epoch, 3),
                    "loss": round(sum(losses) / len(losses), 4),
                    "rate": self._plan.rate_at(self.step - 1),
                    "tokens_per_second": round(tokens / seconds),
                }
                with (self._folder / "loss.jsonl").open("a") as log:
                    log.write(json.dumps(line) + "\n")
                print(line, flush=True)
                losses, tokens, began = [], 0, time.monotonic()
            if self.step % self._save_every == 0 or self.step == self._plan.steps:
                self._save("last.pt")

    def _lessons(self, items: Sequence[Item], shape: torch.Size) -> tuple[torch.Tensor, torch.Tensor]:
        """Return how likely the teacher finds a start, and an end, in each token; 0 where it teaches none."""
        starts, ends = torch.zeros(shape), torch.zeros(shape)
        taught = {row: item.lesson for row, item in enumerate(items) if item.lesson}
        if self._teacher and taught:
            rows = list(taught)
            starts[rows], ends[rows] = self._teacher.teach(list(taught.values()), shape[1])
        return starts, ends

    def _take_step(self, batch: Batch, taught: tuple[torch.Tensor, torch.Tensor]) -> float:
        for group in self._optimizer.param_groups:
            group["lr"] = self._plan.rate_at(self.step)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = self._model(**batch.inputs(self._model.config))
        hidden = batch.attention_mask == 0
        starts, ends = taught
        loss = _loss(out.start_logits, batch.starts, hidden, starts, self._teacher_share)
        loss += _loss(out.end_logits, batch.ends, hidden, ends, self._teacher_share)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), _MAX_NORM)
        self._optimizer.step()
        self._optimizer.zero_grad()
        return float(loss.detach())

    def _save(self, name: str) -> None:
        state = {
            "step": self.step,
            "steps": self._plan.steps,
            "decay": self._plan.decay,
            "falling": self._falling,
            "model": self._model.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }
        torch.save(state, self._folder / f"{name}.partial")
        (self._folder / f"{name}.partial").replace(self._folder / name)

    def _resume(self, path: Path) -> bool:
        state: dict[str, Any] = torch.load(path, weights_only=True)
        self._falling = state["falling"]
        if self._falling and (state["steps"], state["decay"]) != (self._plan.steps, self._plan.decay):
            return False  # its learning rate has fallen already
        self._model.load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimizer"])
        self.step = state["step"]
        print(f"Going on from {path} at step {self.step}.", flush=True)
        return True


def _loss(
    logits: torch.Tensor, right: torch.Tensor, hidden: torch.Tensor, likely: torch.Tensor, share: float
) -> torch.Tensor:
    """Return minus the logarithm of the probability that all right tokens have together, the batch's mean.

    Where a teacher says how likely each token is, `share` of the loss is the cross entropy with that instead.
    """
    found = logits.float().masked_fill(hidden, -1e4).log_softmax(1)
    marked = -found.masked_fill(~right, -1e4).logsumexp(1)
    return torch.lerp(marked, -(likely * found).sum(1), share * likely.sum(1)).mean()


if __name__ == "__main__":
    main()
