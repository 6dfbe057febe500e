"""`reset`: the pristine stub comes back, and what was there is kept."""

import re
import shutil

import pytest

pytestmark = pytest.mark.timeout(120)


def test_the_stub_comes_back_and_the_old_file_is_kept(dojo, spread, workbook):
    """The place of the copy is said; it holds what the learner wrote, byte for byte."""
    spread.mine.write_bytes(b"# mine\r\n\xff")
    done = dojo("reset", "kata01")
    kept = re.search(r"\.dojo/attempts/\S+\.py", done.stdout)[0]

    assert (done.returncode, done.stderr) == (0, "")
    assert spread.mine.read_bytes() == spread.pristine.read_bytes()
    assert kept.startswith(".dojo/attempts/kata01_spread/2")
    assert (workbook / kept).read_bytes() == b"# mine\r\n\xff"


def test_every_attempt_is_kept(dojo, spread, workbook):
    """Two within a second have two names."""
    for number in range(3):
        spread.mine.write_text(f"number = {number}\n")
        dojo("reset", "kata01")
    kept = (workbook / ".dojo" / "attempts" / "kata01_spread").iterdir()

    assert sorted(path.read_text() for path in kept) == [f"number = {n}\n" for n in range(3)]


def test_an_untouched_stub_is_left_alone(dojo, spread, workbook):
    """Nothing is kept, since nothing is lost."""
    before = spread.mine.stat().st_mtime_ns
    done = dojo("reset", "1")

    assert done.returncode == 0
    assert done.stdout == "katas/kata01_spread/spread.py is the pristine stub already.\n"
    assert spread.mine.stat().st_mtime_ns == before
    assert not (workbook / ".dojo").exists()


def test_a_file_that_is_gone_comes_back(dojo, spread):
    """There is nothing to keep."""
    spread.mine.unlink()
    done = dojo("reset", "kata01")

    assert done.returncode == 0
    assert "kept" not in done.stdout
    assert spread.mine.read_bytes() == spread.pristine.read_bytes()


def test_a_folder_in_the_file_s_place_is_a_sentence(dojo, spread):
    """What is in it may be somebody's work: it is not thrown away."""
    spread.mine.unlink()
    (spread.mine / "notes").mkdir(parents=True)
    done = dojo("reset", "kata01")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "katas/kata01_spread/spread.py is a folder; move it away, then reset again.\n"
    )
    assert (spread.mine / "notes").is_dir()


def test_a_wrong_name_changes_nothing(dojo, spread):
    """Exit code 2; the learner's files stay."""
    spread.mine.write_text("# mine\n")
    done = dojo("reset", "kata07")

    assert done.returncode == 2
    assert "There is no kata 'kata07'" in done.stderr
    assert spread.mine.read_text() == "# mine\n"


def test_a_missing_stub_loses_nothing(dojo, spread):
    """The learner's file is not taken away before there is something to put in its place."""
    spread.mine.write_text("# mine\n")
    shutil.rmtree(spread.pristine.parent)
    done = dojo("reset", "kata01")

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert spread.mine.read_text() == "# mine\n"
