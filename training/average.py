"""Average the weights of two readers of which one was trained on from the other.

    python -m training.average ONE OTHER --out FOLDER [--share 0.5]

The mean of weights from one stretch of training is often better than either (Izmailov et al., "Averaging Weights Leads
to Wider Optima and Better Generalization", 2018): where both know the same, what each has learned by heart cancels out.
"""

import argparse
from pathlib import Path

import torch
from transformers import AutoTokenizer, BertForQuestionAnswering


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("one", type=Path, help="a Hugging Face model folder")
    parser.add_argument("other", type=Path, help="another, of the same shape")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--share", type=float, default=0.5, help="what the other one counts, from 0 to 1")
    options = parser.parse_args()
    model = BertForQuestionAnswering.from_pretrained(options.one)
    other = BertForQuestionAnswering.from_pretrained(options.other).state_dict()
    mean = {
        name: torch.lerp(weights, other[name], options.share) if weights.is_floating_point() else weights
        for name, weights in model.state_dict().items()
    }
    model.load_state_dict(mean)
    model.save_pretrained(options.out)
    AutoTokenizer.from_pretrained(options.one).save_pretrained(options.out)
    print(f"Averaged: {options.out}")


if __name__ == "__main__":
    main()
