"""The threads that compute beside each other, and none that only spin."""

from tests.processes import Workplace
from tests.test_bot import place

__all__ = ["place"]  # a fixture

SCRIPT = """
import retrieval
import numpy as np
from threadpoolctl import threadpool_info
np.ones((500, 500)) @ np.ones((500, 500))
print(*{pool["num_threads"] for pool in threadpool_info() if pool["internal_api"] == "openblas"})
"""


def test_products_of_matrices_run_on_one_thread(place: Workplace) -> None:
    run = place.python("-c", SCRIPT)
    assert run.returncode == 0
    assert run.stdout.split() in (["1"], [])  # nothing where NumPy uses another library than OpenBLAS
