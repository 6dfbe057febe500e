"""Files of TOML, each read as one type; what errs is told in a sentence with its file and key."""

import re
from pathlib import Path
from typing import TypeVar

import msgspec

from dojo.errors import UsageError

Kind = TypeVar("Kind")
# How msgspec says where: "Expected `int` <= 5 - at `$.level`".
PLACE = re.compile(r"(?P<what>.*) - at `(?:key in )?\$\.?(?P<where>.*)`", re.S)


def read_toml(path: Path, kind: type[Kind]) -> Kind:
    """Read a file as a type; UsageError names the first thing that is wrong, and its key."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        raise UsageError(f"{path} is missing; restore it with git.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    except msgspec.ValidationError as error:
        found = PLACE.fullmatch(str(error))
        told = f"{found['where']}: {found['what']}" if found else str(error)
        raise UsageError(f"{path}: {told}.") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}.") from None
