"""Workflows ask for little and run what was pinned; pages name only commands that exist."""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from bench import bench
from dojo import cli

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "instructors.md"
PAGES = ("README.md", "CONTRIBUTING.md", "docs/instructors.md", "tooling/edition/README.md")
FILES = sorted([*ROOT.glob(".github/workflows/*"), *ROOT.glob("tooling/edition/.github/*/*")])
PIN = re.compile(r"uses: [\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
# Nothing else is needed to check out, install, run and leave a summary.
RIGHTS = {"contents": "read"}


WORKFLOWS = {path.name: path.read_text(encoding="utf-8") for path in FILES}
(WORKFLOWS["the guide's"],) = re.findall(
    r"^```yaml\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.M | re.S
)
named = pytest.mark.parametrize("text", WORKFLOWS.values(), ids=WORKFLOWS.keys())


def events(workflow):
    """Return what starts a workflow; YAML 1.1 reads its key as a yes."""
    on = workflow[True]
    return {on} if isinstance(on, str) else set(on)


def test_both_workflows_are_looked_at():
    """The one that checks a fork, and the one that grades."""
    assert set(WORKFLOWS) >= {"check.yml", "the guide's"}
    assert "nox -s check -- --all" in WORKFLOWS["check.yml"]
    assert "nox -s grade -- roster.csv" in WORKFLOWS["the guide's"]


@named
def test_no_stranger_starts_a_workflow_that_has_rights(text):
    """A push is the owner's, a dispatch too; pull_request_target runs with the owner's rights."""
    assert events(yaml.safe_load(text)) <= {"push", "workflow_dispatch"}


@named
def test_a_job_has_no_more_rights_than_it_needs(text):
    """None by default; a job may read the repository that it is in."""
    workflow = yaml.safe_load(text)

    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"] == RIGHTS
        assert 0 < job["timeout-minutes"] <= 360


@named
def test_actions_are_pinned_by_commit(text):
    """And the version stands beside it, where a person and a bot can read it."""
    lines = [line.strip().removeprefix("- ") for line in text.splitlines() if "uses:" in line]

    assert len(lines) >= 2
    for line in lines:
        assert PIN.fullmatch(line), line


def test_one_action_is_one_commit_everywhere():
    """A version that is raised in one place only is forgotten in the other."""
    pins = set(re.findall(r"uses: (\S+?)/?(?:restore|save)?@(\S+)", "\n".join(WORKFLOWS.values())))

    assert len(pins) == len({action for action, _ in pins})


@named
def test_no_token_is_left_in_a_checkout(text):
    """What runs later in the job could read it."""
    for job in yaml.safe_load(text)["jobs"].values():
        checkouts = [step for step in job["steps"] if "/checkout@" in step.get("uses", "")]

        assert checkouts
        assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@named
def test_no_expression_stands_in_a_command(text):
    """GitHub fills it in as text, which a shell then reads as commands."""
    for job in yaml.safe_load(text)["jobs"].values():
        assert not [step for step in job["steps"] if "${{" in step.get("run", "")]


def test_grading_in_ci_has_a_sandbox():
    """Ubuntu 24.04 refuses bubblewrap the namespaces it needs, until it is told otherwise."""
    job = yaml.safe_load(WORKFLOWS["the guide's"])["jobs"]["grade"]
    commands = "\n".join(step.get("run", "") for step in job["steps"])

    assert job["runs-on"] == "ubuntu-24.04"
    assert "sudo apt-get install --yes bubblewrap" in commands
    assert "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0" in commands
    assert commands.index("sysctl") < commands.index("nox -s grade")
    assert "--unsafe" not in commands


def commands(text):
    """List the `nox -s` commands of a page as verb and words, in blocks and in running text."""
    found = re.findall(r"nox -s (\w+)(?: -- ([^`\n|]*))?", text)
    return [(verb, shlex.split(words, comments=True)) for verb, words in found]


@pytest.fixture
def options(verbs, capsys):
    """Return the options of each verb, and of all benchmarks, as their `--help` shows them."""

    def shown(parser, word):
        with pytest.raises(SystemExit):
            parser.parse_args([word, "--help"])
        return set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", capsys.readouterr().out))

    of_benchmarks = [shown(bench.parser(), name) for name in bench.BENCHMARKS]
    return {verb: shown(cli.parser(), verb) for verb in verbs} | {
        "bench": set().union(*of_benchmarks)
    }


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_commands_that_exist(page, options):
    """Sessions, and the options of their verbs up to a second pair of dashes, which is pytest's."""
    named = commands((ROOT / page).read_text(encoding="utf-8"))
    unknown = [verb for verb, _ in named if verb not in options]
    wrong = [
        f"{verb} {word}"
        for verb, words in named
        for word in cli.split(words)[0]
        if word.startswith("-") and word not in options.get(verb, ())
    ]

    assert named
    assert (unknown, wrong) == ([], [])


def test_the_guide_s_options_of_grade_are_all_of_them(options):
    """The table has a row for each."""
    table = set(re.findall(r"^\| `(--\w+)", GUIDE.read_text(encoding="utf-8"), re.M))

    assert table == options["grade"] - {"-s", "-h", "--help"}
