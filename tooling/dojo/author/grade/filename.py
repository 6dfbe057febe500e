"""A learner's name as the name of a file: readable, safe, and never that of another learner."""

import hashlib
import re
import unicodedata

LONGEST = 60
# Names that Windows keeps for its devices, with whatever ending.
DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


def file_name(name: str) -> str:
    """Return a file's name, without an ending, for a learner's name.

    It is the name itself where that is safe as it is: lower-case letters, digits, `-` and `_`. Any
    other name gets a slug, a dot and a hash of the name. No safe name holds a dot, so nobody can
    choose a name that lands on another's file, and two that differ only in case lie apart.
    """
    slug = slugged(name)
    if slug and slug == name and not DEVICES.fullmatch(slug):
        return slug
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{slug or 'learner'}.{digest[:16]}"


def slugged(name: str) -> str:
    """Keep of a name what is safe in a file's name everywhere."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+", "-", plain).strip("-")[:LONGEST].rstrip("-")
