"""Where a file uses what its kata forbids."""

import pytest
from dojo.child.forbid import forbidden_use

FORBIDDEN = ("statistics", "scipy.stats", "numpy.std")

USES = {
    "an import": ("x = 1\nimport statistics\n", (2, "statistics")),
    "an import under another name": ("import statistics as s\n", (1, "statistics")),
    "one of several imports": ("import math, statistics\n", (1, "statistics")),
    "an import of a part": ("from statistics import stdev\n", (1, "statistics")),
    "an import of everything": ("from statistics import *\n", (1, "statistics")),
    "everything of the parent": ("from numpy import *\n\nstd([1])\n", (1, "numpy.std")),
    "a submodule": ("import scipy.stats\n", (1, "scipy.stats")),
    "a submodule by name": ("import scipy.stats as st\n", (1, "scipy.stats")),
    "a submodule from its parent": ("from scipy import stats\n", (1, "scipy.stats")),
    "something deep inside": ("from scipy.stats.mstats import zscore\n", (1, "scipy.stats")),
    "an attribute": ("import numpy as np\n\ny = np.std([1])\n", (3, "numpy.std")),
    "an attribute of the whole name": ("import numpy\n\nnumpy.std([1])\n", (3, "numpy.std")),
    "a function renamed": ("from numpy import std as spread\n", (1, "numpy.std")),
    "a submodule as attribute": ("import scipy\nscipy.stats.norm\n", (2, "scipy.stats")),
    "an attribute passed on": ("import numpy as np\nf = map(np.std, [])\n", (2, "numpy.std")),
    "an import inside a function": (
        "def f():\n    if 1:\n        import statistics\n",
        (3, "statistics"),
    ),
    "the import function": ('__import__("statistics")\n', (1, "statistics")),
    "importlib": (
        'import importlib\nimportlib.import_module("scipy.stats")\n',
        (2, "scipy.stats"),
    ),
    "the import function with more arguments": (
        '__import__("statistics", None, None, ["x"])\n',
        (1, "statistics"),
    ),
    "importlib's function": (
        'from importlib import import_module\nimport_module("statistics")\n',
        (2, "statistics"),
    ),
    "an attribute of what was imported by a call": (
        '__import__("numpy").std([1])\n',
        (1, "numpy.std"),
    ),
    "the first of two": ("import numpy as np\nnp.std\nimport statistics\n", (2, "numpy.std")),
}

NO_USES = {
    "nothing": "",
    "a name that starts alike": "import statistics_of_mine\nfrom scipy import statsmodel\n",
    "the parent": "import scipy, numpy\n",
    "another part": "import numpy as np\nnp.stdlib\nnp.mean([1])\nfrom scipy import special\n",
    "a text": '"""import statistics"""\nx = "numpy.std"\n',
    "a comment": "# import statistics\n",
    "a variable of that name": "statistics = 3\nstatistics.bit_length()\n",
    "a function of that name": "def std(x):\n    return x\n\nstd(1)\n",
    "a method of that name": "class A:\n    def std(self):\n        return self.std\n",
    "an import function of something else": '__import__("math")\nopen("statistics")\n',
}


@pytest.mark.parametrize("case", USES)
def test_a_use_is_found_with_its_line(case):
    """The line is the first one, the name that which the kata forbids."""
    source, found = USES[case]

    assert forbidden_use(source, FORBIDDEN) == found


@pytest.mark.parametrize("case", NO_USES)
def test_what_only_looks_alike_is_allowed(case):
    """Text, other names and other parts of a library are nobody's business."""
    assert forbidden_use(NO_USES[case], FORBIDDEN) is None


def test_nothing_forbidden_is_never_used():
    """Most katas forbid nothing."""
    assert forbidden_use("import statistics\n", ()) is None
