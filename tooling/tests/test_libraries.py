"""Which libraries are loaded before a kata is run; reading a learner's file on the way."""

import warnings

import pytest
from dojo.kata.libraries import imported, libraries
from dojo.kata.source import parsed


def test_of_the_base_only_what_the_files_import_is_loaded(spread):
    """Part by part; what the learner adds counts too, wherever it stands in the file."""
    plain = libraries([spread])
    spread.mine.write_text("def center(x):\n    from scipy import stats\n    return stats, x\n")

    assert plain == ("numpy", "numpy.testing")
    assert set(libraries([spread])) == {*plain, "scipy.stats", "scipy.special", "scipy.sparse"}


def test_the_authors_files_count_where_they_are_run(spread):
    """An alternative may use another library than the reference."""
    (spread.solution / "alternatives" / "tables.py").write_text("import pandas as pd\n")

    assert "pandas" not in libraries([spread])
    assert "pandas" in libraries([spread], solutions=True)


@pytest.mark.parametrize("content", [b"import (", b"\0", b"import a\nx = '\xff'\n", b"(" * 5000])
def test_a_file_that_is_no_python_imports_nothing(tmp_path, content):
    """Nor does one that is not there: what is wrong with it, the run tells."""
    path = tmp_path / "mine.py"
    path.write_bytes(content)

    assert imported(path) == imported(tmp_path / "none.py") == []


def test_who_only_looks_at_a_file_is_not_warned_of_it():
    """Python would write its warning over the screen of `watch`."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")

        assert parsed("pattern = '\\d'\n") is not None
