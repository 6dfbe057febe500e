"""gradebook.html and the pages of feedback, in a real browser."""

import re
from dataclasses import replace

import pytest
from dojo.author.grade.reports import write_reports

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def gradebook(cohort, tmp_path_factory):
    """Return the page of the small cohort, which nobody changes."""
    folder = tmp_path_factory.mktemp("gradebook")
    write_reports(cohort, folder)
    return folder / "gradebook.html"


def names(page):
    """List the learners whose rows are shown, from top to bottom."""
    return [
        row["data-name"] for row in page.all("tr") if "data-name" in row and "hidden" not in row
    ]


def test_a_page_without_a_view_shows_all_in_the_order_of_the_roster(gradebook, browse):
    """Seed, isolation and version stand above, and the controls work."""
    page = browse(gradebook)

    assert names(page) == ["ann", "ben", "eve", "kim", "lea", "tom"]
    assert "6 of 6 learners" in page.text
    assert re.search(r"isolation\s*bubblewrap\s*seed\s*7\s*version\s*0\.1\.0", page.text)
    assert "UNSAFE" not in page.text
    controls = next(a for a in page.all("div") if a.get("class") == "controls")
    assert "hidden" not in controls


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("#sort=total&order=descending", ["ann", "ben", "eve", "tom", "kim", "lea"]),
        ("#sort=total&order=ascending", ["eve", "tom", "ben", "ann", "kim", "lea"]),
        ("#sort=learner&order=descending", ["tom", "lea", "kim", "eve", "ben", "ann"]),
        ("#learner=E", ["ben", "eve", "lea"]),
        ("#state=fault", ["lea"]),
        ("#state=untouched", ["ann", "eve", "lea", "tom"]),
        ("#state=untouched&kata=kata01", ["eve"]),
        ("#state=red&kata=kata02", []),
        ("#learner=n&state=red&sort=kata01&order=ascending", ["ben"]),
        ("#tests", ["ann", "ben", "eve", "kim", "lea", "tom"]),
        ("#sort=nothing&kata=%3Cb%3E&state=%22%3E", ["ann", "ben", "eve", "kim", "lea", "tom"]),
    ],
)
def test_a_link_shows_the_view_in_its_hash(gradebook, browse, view, shown):
    """Sorted and filtered as it says; what has no mark goes last; nonsense is no filter."""
    assert names(browse(gradebook, view)) == shown


def test_one_kata_is_shown_alone(gradebook, browse):
    """The columns of the others are hidden, in the head and in every row."""
    page = browse(gradebook, "#kata=kata02&sort=kata02&order=descending")
    heads = {a["data-key"]: a for a in page.all("th") if "data-key" in a}

    assert [key for key, a in heads.items() if "hidden" not in a] == ["learner", "total", "kata02"]
    assert [key for key, a in heads.items() if "aria-sort" in a] == ["kata02"]
    assert heads["kata02"]["aria-sort"] == "descending"
    cells = [a for a in page.all("td") if a.get("class") == "kata"]
    assert sum("hidden" not in a for a in cells) == 6
    assert len(cells) == 12


def test_a_fault_has_no_mark_on_the_page(gradebook, browse):
    """No zero where nobody could look, and the reason stands below."""
    page = browse(gradebook)
    cells = [(a["data-state"], a["data-value"]) for a in page.all("td") if "data-state" in a]

    assert ("fault", "") in cells
    assert ("unreadable", "") in cells
    assert ("untouched", "0") in cells
    assert ("green", "4") in cells
    assert "The tests cannot be collected." in page.text
    assert page.text.count("The fork cannot be cloned.") == 1
    assert "handed out" not in page.text


def test_colour_never_stands_alone(gradebook, browse):
    """A symbol beside it for the eye, words for the ear, and a table that is one."""
    page = browse(gradebook)

    assert "green: center; red: spread, summarise" in page.text
    assert "✓✗✗" in page.text
    marks = [a for a in page.all("span") if a.get("class") == "marks"]
    assert {a.get("aria-hidden") for a in marks} == {"true"}
    assert {a.get("scope") for a in page.all("th")} == {"col", "row"}
    assert len(page.all("caption")) == len(page.all("table")) == 3


def test_nothing_of_a_learner_s_runs_or_is_markup(hostile, browse, tmp_path):
    """No element, no script and no link that is not ours, though all of it is shown."""
    write_reports(hostile, tmp_path)
    page = browse(tmp_path / "gradebook.html")

    assert page.text.count("Gradebook") == 2
    assert len(page.all("script")) == 1
    assert not page.tags & {"img", "b", "iframe", "object", "base", "form"}
    assert len(page.all("h1")) == 1
    assert all(a["href"].startswith(("feedback/", "#")) for a in page.all("a"))
    assert not [a for _, a in page.found if any(key.startswith("on") for key in a)]
    assert "document.title = 'owned'" in page.text
    assert "{{ 7 * 7 }}" in page.text
    assert not set(page.text) & set("\x00\x1b\x07\x0b\r\u202e")


def test_pages_load_nothing_and_allow_only_their_own_script(hostile, parse, tmp_path):
    """One file each, under a policy that knows the script by its hash."""
    for path in write_reports(hostile, tmp_path):
        if path.suffix == ".html":
            page = parse(path.read_text(encoding="utf-8"))
            policy = next(a["content"] for a in page.all("meta") if "http-equiv" in a)
            assert policy.startswith("default-src 'none'; style-src 'sha256-")
            assert "unsafe" not in policy
            assert not page.tags & {"link", "img", "iframe"}
            assert not [a for _, a in page.found if "src" in a or "style" in a]


def test_every_learner_links_to_feedback_that_is_there(hostile, parse, tmp_path):
    """Whatever the name: one page each, and no two share one."""
    write_reports(hostile, tmp_path)
    page = parse((tmp_path / "gradebook.html").read_text(encoding="utf-8"))
    targets = [a["href"] for a in page.all("a") if a["href"].startswith("feedback/")]

    assert len(set(targets)) == len(hostile.learners)
    assert page.text.count("(no name)") == 4
    assert all((tmp_path / target).is_file() for target in targets)


def test_feedback_pages_show_hostile_text_as_text(hostile, browse, tmp_path):
    """In a browser, with everything that a learner may choose."""
    write_reports(hostile, tmp_path)
    for path in sorted((tmp_path / "feedback").glob("*.html"))[:4]:
        page = browse(path)
        assert not page.tags & {"script", "img", "b", "a"}
        assert len(page.all("h1")) == 1
        assert "Feedback for" in page.text


def test_marks_without_a_sandbox_are_shown_as_such(cohort, browse, tmp_path):
    """Loud, on the page and in what is handed back."""
    write_reports(replace(cohort, isolation="unsafe"), tmp_path)

    assert "UNSAFE" in browse(tmp_path / "gradebook.html").text
    assert "UNSAFE" in browse(tmp_path / "feedback" / "ann.html").text


def test_four_hundred_learners_are_shown(crowd, browse, tmp_path):
    """Sorted and filtered in the browser, and no larger than a photograph."""
    write_reports(crowd(400), tmp_path)
    page = browse(tmp_path / "gradebook.html", "#sort=total&order=descending&state=red")
    rows = [a for a in page.all("tr") if "data-name" in a]
    shown = names(page)

    assert len(rows) == 400
    assert 100 < len(shown) <= 400
    assert shown != sorted(shown)
    assert f"{len(shown)} of 400 learners" in page.text
    assert (tmp_path / "gradebook.html").stat().st_size < 3_000_000
