"""How a gradebook came about, as every report says it."""

from dojo.author.grade.gradebook import Gradebook

UNSAFE = (
    "UNSAFE: learners' code ran without a sandbox, beside what judges it. "
    "These marks can be forged; do not rely on them."
)


def facts(gradebook: Gradebook) -> dict[str, str]:
    """Name the isolation, the seed and the version, under which a rerun gives the same."""
    return {
        "isolation": gradebook.isolation,
        "seed": str(gradebook.seed),
        "version": gradebook.version,
    }


def warning(gradebook: Gradebook) -> str:
    """Warn of marks that were given without a sandbox; nothing to warn of otherwise."""
    return UNSAFE if "unsafe" in gradebook.isolation else ""


def sentence(gradebook: Gradebook) -> str:
    """Say it on one line."""
    said = ", ".join(f"{name} {value}" for name, value in facts(gradebook).items())
    return f"Graded with {said}."
