"""Files from templates: whatever they are given is escaped, for HTML as for XML."""

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from dojo.author.grade.reports.cell import number

TEMPLATES = Path(__file__).parent / "templates"
SYMBOLS = {"green": "✓", "red": "✗", "not_started": "·"}


@cache
def environment() -> jinja2.Environment:
    """Return the templates, which escape all that they are given and know what they name."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {"symbols": SYMBOLS, "number": number, "own": own, "digest": digest}
    return made


def render(name: str, **context: object) -> str:
    """Fill a template."""
    return environment().get_template(name).render(context)


def pieces(name: str, **context: object) -> Iterator[str]:
    """Fill a template piece by piece: a cohort's file need not be in memory as a whole."""
    stream = environment().get_template(name).stream(context)
    stream.enable_buffering(200)
    yield from stream


@cache
def own(name: str) -> Markup:
    """Return the style or the script that a page carries, to stand there unescaped."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


@cache
def digest(name: str) -> str:
    """Name the style or script in a content security policy, which allows that one alone."""
    sha = hashlib.sha256(own(name).encode()).digest()
    return f"'sha256-{base64.b64encode(sha).decode()}'"
