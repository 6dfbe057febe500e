"""Markdown on a terminal: hints, tasks, debriefs."""

from rich.console import RenderableType


def markdown(text: str) -> RenderableType:
    """Return what a console shows of a Markdown text."""
    # Loaded when there is something to read: it would be a third of what the watch waits for.
    from rich.markdown import Markdown

    return Markdown(text)
