"""What `kata.toml` states about a kata."""

from typing import Annotated

from msgspec import Meta, Struct

from dojo import limits

Name = Annotated[str, Meta(min_length=1)]


class Facts(Struct, frozen=True, forbid_unknown_fields=True):
    """What `kata.toml` states: see CONTRIBUTING.md.

    `minutes` are an estimate, `timeout` is in seconds a test, `points` are by function. `needs` are
    dependency groups beyond the base, `forbid` modules or dotted names that no learner may use.
    """

    title: str
    question: str
    track: str
    level: Annotated[int, Meta(ge=1, le=5)]
    minutes: Annotated[int, Meta(ge=1)]
    needs: tuple[Name, ...] = ()
    forbid: tuple[Name, ...] = ()
    timeout: Annotated[float, Meta(gt=0, le=limits.LONGEST_TEST_SECONDS)] = limits.TEST_SECONDS
    points: dict[str, Annotated[float, Meta(ge=0, le=limits.MOST_POINTS)]] = {}
