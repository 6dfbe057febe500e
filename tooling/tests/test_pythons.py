"""The Pythons that the workbook is for: how they are found, and what is claimed of them."""

import re
import sys
from importlib import metadata
from pathlib import Path

import pytest
from dojo.author.doctor import python
from dojo.author.interpreters import VERSIONS, find, summary
from dojo.run.environ import TRIED
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
HERE = "{}.{}".format(*sys.version_info)
INTERPRETER = Path(sys.executable).resolve()


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return `place(path, text=None)`: put this Python, or a script, into the only places."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    def put(path, text=None):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            file.symlink_to(INTERPRETER)
        else:
            file.write_text(f"#!/bin/sh\n{text}\n")
            file.chmod(0o755)
        return str(file)

    return put


def says(version):
    """Return a script that answers as a Python of some version does."""
    return f"echo {version}"


def test_where_there_is_none_none_is_found(place):
    """Each version has its answer."""
    assert find() == dict.fromkeys(VERSIONS, "")


def test_one_that_runs_nox_is_found(place, monkeypatch):
    """Whatever it is called."""
    monkeypatch.setattr(sys, "executable", place("anywhere/python"))

    assert find()[HERE] == sys.executable


def test_those_on_the_path_come_before_those_of_pyenv(place):
    """Under the name with the version."""
    place(f"home/.pyenv/versions/{HERE}.9/bin/python")
    expected = place(f"bin/python{HERE}")

    assert find()[HERE] == expected


def test_of_pyenv_s_the_newest_is_taken(place):
    """Numbers, and not words: 10 is newer than 9; a build of somebody's own is older than both."""
    others = [v for v in VERSIONS if v != HERE]
    for version in ("9", "10", "1", "0-dev"):
        place(f"home/.pyenv/versions/{others[0]}.{version}/bin/python", says(others[0]))
    found = find()[others[0]]

    assert found.endswith(f"/versions/{others[0]}.10/bin/python")


@pytest.mark.parametrize("named", ["variable", "command"])
def test_pyenv_may_lie_elsewhere(place, monkeypatch, tmp_path, named):
    """It says where itself, or a variable does."""
    expected = place(f"elsewhere/versions/{HERE}.1/bin/python")
    if named == "variable":
        monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "elsewhere"))
    else:
        place("bin/pyenv", f'test "$1" = root && echo {tmp_path}/elsewhere')

    assert find()[HERE] == expected


@pytest.mark.parametrize("text", ["exit 127", "echo 2.7", "echo"])
def test_one_that_is_not_what_it_is_called_is_passed_over(place, text):
    """A shim of pyenv's starts no Python where that version is not the chosen one."""
    place(f"bin/python{HERE}", text)
    expected = place(f"home/.pyenv/versions/{HERE}.1/bin/python")

    assert find()[HERE] == expected


def test_a_file_that_is_no_program_is_passed_over(place):
    """It is there, and may be run, and cannot."""
    path = place(f"bin/python{HERE}", "")
    Path(path).write_bytes(b"\x7fELF nothing")

    assert find()[HERE] == ""


def test_the_end_names_each(place):
    """One line a version."""
    assert summary({"3.11": "green", "3.12": "not found"}).splitlines() == [
        "Python 3.11  green",
        "Python 3.12  not found",
    ]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_the_pages_claim_what_was_tried(page):
    """No more, and no less."""
    text = (ROOT / page).read_text(encoding="utf-8")
    (claim,) = re.findall(r"(?:is tested, with Python|Tried were) ([^:;]*)[:;]", text)

    assert tuple(re.findall(r"3\.\d+", claim)) == TRIED


def test_doctor_says_whether_this_python_was_tried(monkeypatch):
    """A newer one will do; that it was not tried is said."""
    assert ("one of those that were tried" in python().found) == (HERE in TRIED)
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert python().good
    assert "not tried; 3.11, 3.12 and 3.13 were tried" in python().found


def test_every_pin_allows_every_python():
    """By what the packages say of themselves, as far as they are installed here."""
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    installed = {d.name.lower().replace("_", "-"): d for d in metadata.distributions()}
    required = {}
    for pin in pins:
        found = installed.get(pin.partition("==")[0].lower().replace("_", "-"))
        if found is not None:
            required[found.name] = SpecifierSet(found.metadata.get("Requires-Python") or "")

    assert len(required) > 20
    for version in VERSIONS:
        assert [name for name, versions in required.items() if version not in versions] == []
