"""Whom to grade: rosters and folders, whatever learners are called."""

import csv
import os

import pytest
from dojo.author.grade.roster import read_rows
from dojo.errors import UsageError


@pytest.fixture
def rows(tmp_path):
    """Return `rows(*words)`: (learner, repo, place, ref) of each row."""

    def read(*words, template=""):
        found = read_rows(words, tmp_path, template)
        return [(row.learner, row.repo, row.place, row.ref) for row in found]

    return read


@pytest.fixture
def roster(tmp_path):
    """Return `roster(text)`: write a roster, and return its name."""

    def write(text, name="ROSTER.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    return write


def test_a_roster_names_learners_folders_and_refs(rows, roster, tmp_path):
    """A folder is seen from the roster; further columns and the order of them do not matter."""
    name = roster("repo,mail,learner,ref\nann,a@b,Ann,\n/x/ben,,Ben,v1\n", "term/ROSTER.csv")

    assert rows(name) == [
        ("Ann", "ann", str(tmp_path / "term" / "ann"), ""),
        ("Ben", "/x/ben", "/x/ben", "v1"),
    ]


def test_a_roster_needs_no_ref_and_may_come_from_a_spreadsheet(rows, roster):
    """A byte order mark, Windows' line ends, blanks around a value, an empty line at the end."""
    name = roster(b"\xef\xbb\xbflearner,repo\r\n ann , https://host/ann.git\r\n\r\n")

    assert rows(name) == [("ann", "https://host/ann.git", "https://host/ann.git", "")]


@pytest.mark.parametrize(
    "header", ["Learner,Repo,REF", "learner, repo ,ref", "\ufeffLEARNER,repo,Ref"]
)
def test_a_header_may_be_written_in_any_case_and_with_blanks(header, rows, roster, tmp_path):
    """As people type it, or as a spreadsheet saves it."""
    name = roster(f"{header}\nann, ann ,v1\n")

    assert rows(name) == [("ann", "ann", str(tmp_path / "ann"), "v1")]


def test_a_row_without_a_value_names_nobody(rows, roster):
    """A spreadsheet leaves such rows at the end, and commas at the end of others."""
    name = roster("learner,repo,ref\n,,\nann,x,,,\n , ,\n\nben,y\n,,,,\n")

    assert [learner for learner, *_ in rows(name)] == ["ann", "ben"]


class TestClassroom:
    """The files that GitHub Classroom gives out."""

    ROSTER = (
        '"identifier","github_username","github_id","name"\n"Ann A","ann","1",""\n'
        '"Ben B","Ben-2","2","Ben"\n"Eve E","","",""\n"Kim K","../ann","4",""\n'
    )

    def test_its_roster_finds_forks_by_the_name_of_the_account(self, roster, tmp_path):
        """Beside the roster or in forks/; who has no fork there is named, and the rest goes on."""
        (tmp_path / "term" / "ann").mkdir(parents=True)
        (tmp_path / "term" / "forks" / "ann.git").mkdir(parents=True)
        found = read_rows([roster(self.ROSTER, "term/classroom_roster.csv")], tmp_path)

        assert [(row.learner, row.repo, row.problem) for row in found] == [
            ("Ann A", "forks/ann.git", ""),
            (
                "Ben B",
                "forks/Ben-2.git",
                "There is no such folder; copy the fork there, or say with --repo where it is.",
            ),
            ("Eve E", "", "The roster has no GitHub account for this learner."),
            ("Kim K", "", "'../ann' is no GitHub account."),
        ]

    def test_a_template_says_where_forks_are(self, rows, roster, tmp_path):
        """Folders or addresses, with the columns of the roster in braces."""
        name = roster(self.ROSTER)
        folders = rows(name, template="katas-{github_username}")
        addresses = rows(name, template="https://host/course/katas-{GitHub_username}")

        assert folders[:3] == [
            ("Ann A", "katas-ann", str(tmp_path / "katas-ann"), ""),
            ("Ben B", "katas-Ben-2", str(tmp_path / "katas-Ben-2"), ""),
            ("Eve E", "", str(tmp_path), ""),
        ]
        assert addresses[0][2] == "https://host/course/katas-ann"
        found = read_rows([name], tmp_path, "katas-{github_username}")
        assert [row.problem for row in found] == [
            "",
            "",
            "The roster has no github_username for this learner.",
            "The github_username '../ann' cannot be a part of a place.",
        ]
        with pytest.raises(UsageError, match=r"names a column 'user'; the roster has identifier,"):
            rows(name, template="{user}")

    def test_its_table_of_an_assignment_names_repositories(self, rows, roster):
        """By address; a template may take the copies instead."""
        name = roster(
            '"assignment_name","assignment_url","starter_code_url","github_username",'
            '"roster_identifier","student_repository_name","student_repository_url",'
            '"submission_timestamp","points_awarded","points_available"\n'
            '"Katas","u","s","ann","Ann A","katas-ann","https://github.com/c/katas-ann","","",""\n'
            '"Katas","u","s","ben","","katas-ben","https://github.com/c/katas-ben","","",""\n'
        )
        copies = rows(name, template="forks/{student_repository_name}.git")

        assert [row[:2] for row in rows(name)] == [
            ("Ann A", "https://github.com/c/katas-ann"),
            ("ben", "https://github.com/c/katas-ben"),
        ]
        assert [row[:2] for row in copies] == [
            ("Ann A", "forks/katas-ann.git"),
            ("ben", "forks/katas-ben.git"),
        ]


def test_a_link_in_a_folder_of_forks_is_not_followed(fork, tmp_path):
    """It came with what learners handed in, and may lead to another's."""
    fork("ann", {"x": "x"})
    (tmp_path / "forks" / "eve").symlink_to(tmp_path / "forks" / "ann")
    found = read_rows(["forks"], tmp_path)

    assert [(row.learner, row.problem[:33]) for row in found] == [
        ("ann", ""),
        ("eve", "Its folder is a symbolic link, an"),
    ]


def test_a_password_in_an_address_is_used_and_not_shown(rows, roster):
    """Reports show where a fork is."""
    name = roster("learner,repo\nann,https://me:secret@host/a@b.git\nben,me@host\n")
    shown = [(repo, place) for _, repo, place, _ in rows(name)]

    assert shown[0] == ("https://host/a@b.git", "https://me:secret@host/a@b.git")
    assert shown[1][0] == "me@host"


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("http://x")', "a\nb", "-rf", 'a "b" c', "a,b", "<script>", "../../x", "é"]
)
def test_a_learner_may_have_any_name(name, rows, tmp_path):
    """Names are data; who writes reports makes them safe."""
    with (tmp_path / "ROSTER.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["learner", "repo"], [name, "ann"]])

    assert rows("ROSTER.csv")[0][0] == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("learner,repo\nann,x\nben,y\nann,z\n", "'ann' is there twice, with 'x' and 'z'"),
        ("learner,repo\n ann,x\nann ,z\n", "'ann' is there twice"),
        ("name,repo\nann,x\n", "has no column 'learner'"),
        ("learner\nann\n", "has no column 'repo'"),
        ("", "has no column 'learner'"),
        ("learner,repo\n", "names nobody"),
        ("learner,repo\nann,x\n,y\n", "has no learner in the row of line 3"),
        ("learner,repo\nann\n", "has no repo in the row of line 2"),
        (b"learner,repo\n\xff,x\n", "is not UTF-8; save it as CSV UTF-8."),
        ("learner;repo\nann;x\n", "has no column 'learner', but 'learner;repo'; its first line"),
        ("learner,repo\nann,x,main,y\n", "has too many commas in line 2"),
        ('learner,repo\n"ann,x\n', "cannot be read: unexpected end of data"),
        (b"learner,repo\nann\0,x\n", "has a null byte in the row of line 2"),
    ],
)
def test_what_is_wrong_with_a_roster_is_a_sentence(text, said, rows, roster):
    """With the file, and the line where there is one."""
    name = roster(text)
    with pytest.raises(UsageError) as error:
        rows(name)

    assert said in str(error.value)
    assert str(error.value).endswith(".")


def test_a_folder_is_a_fork_or_holds_forks(rows, fork, tmp_path):
    """The folder's name, without .git, is the learner's; they come in the order of names."""
    fork("ben", {"x": "x"})
    (tmp_path / "forks" / "ben").rename(tmp_path / "forks" / "ben.git")
    fork("ann", {"x": "x"})
    (tmp_path / "forks" / ".cache").mkdir()
    (tmp_path / "forks" / "notes.txt").touch()
    (tmp_path / "plain" / "katas").mkdir(parents=True)
    names = [(learner, repo) for learner, repo, _, _ in rows("forks", "plain")]

    assert names == [
        ("ann", str(tmp_path / "forks" / "ann")),
        ("ben", str(tmp_path / "forks" / "ben.git")),
        ("plain", str(tmp_path / "plain")),
    ]
    assert [learner for learner, *_ in rows("forks/ben.git")] == ["ben"]


def test_a_folders_name_that_is_no_text_can_be_written(rows, tmp_path):
    """A name in another encoding than UTF-8 is shown with its bytes, and still found."""
    folder = os.fsencode(tmp_path / "forks") + b"/\xffann"
    os.makedirs(folder)
    ((learner, repo, place, _),) = rows("forks")

    assert learner == "\\xffann"
    assert repo.encode().endswith(b"\\xffann")
    assert os.path.isdir(place)


def test_folders_of_the_same_name_are_two_learners_of_one_name(rows, fork, tmp_path):
    """Which is refused, in a roster and folders together too."""
    fork("ann", {"x": "x"})
    (tmp_path / "other" / "ann" / "katas").mkdir(parents=True)
    with pytest.raises(UsageError, match="'ann' is there twice"):
        rows("forks", "other")


def test_nothing_to_grade_is_a_sentence(rows, tmp_path):
    """A path that leads nowhere, a folder without a fork."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="There is no roster and no folder"):
        rows("nothing")
    with pytest.raises(UsageError, match="is no fork, and holds none"):
        rows("empty")
