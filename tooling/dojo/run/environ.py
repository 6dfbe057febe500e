"""The environment of every Python that the tool starts: what is set for others is not for it."""

import os
from pathlib import Path

# The Pythons that all of it was green on; README.md and CONTRIBUTING.md name them too.
TRIED = ("3.11", "3.12", "3.13")
# Each would change what a test finds, what is said of it, or how long it takes.
NOT_OURS = (
    "PYTEST_",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONINSPECT",
    "PYTHONOPTIMIZE",
    "PYTHONWARNINGS",
)

ONE_AT_A_TIME = {
    **dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"),
        "1",
    ),
    "JOBLIB_MULTIPROCESSING": "0",  # its jobs run one after the other, whatever n_jobs is
}


def environment(*, plugins: bool = False) -> dict[str, str]:
    """Return it: one thread, one hash seed, our modules first, and none of the folder's own.

    A random.py in the workbook would else be every library's; the seam finds what tests import of
    katas. `plugins` leaves pytest those that it finds installed.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_OURS)}
    own = {
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONSAFEPATH": "1",
    }
    alone = {} if plugins else {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return kept | ONE_AT_A_TIME | own | alone
