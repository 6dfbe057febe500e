"""What a learner's code finds around it: the same in a run of `check` and behind a sandbox's walls.

Grading runs a file where there are no other processes, no network and no other files. A promise
that `check` makes has to hold there, so the same rules, in the same words, are laid on a process
that runs a learner's code in either. They are for honest people: what keeps others out are the
walls (`author/judge/`).
"""

import errno
import importlib
import os
import sys
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from dojo import limits
from dojo.run.environ import ONE_AT_A_TIME

NO_PROCESS = "your code starts no other process here, as in grading; threads are allowed"
NO_NETWORK = "your code has no network here, as in grading"
NO_SHARED_MEMORY = "your code shares no memory with other processes here, as in grading"
TOO_MANY = (
    f"your code starts more than {limits.THREADS} threads at once, and grading allows no more"
)

# What there is of an environment; a file that needs more would miss it when it is graded.
NAMES = {"USER": "learner", "LOGNAME": "learner"}
KEPT = {
    *ONE_AT_A_TIME,
    *("PYTHONHASHSEED", "PYTHONPATH", "PATH", "LANG", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT"),
    *("PYTEST_CURRENT_TEST", "PYTEST_VERSION"),
}


def refuse_process(*args: Any) -> NoReturn:
    """Start no process; who has another way catches an OSError."""
    raise PermissionError(NO_PROCESS)


def refuse_network(*args: Any) -> NoReturn:
    """Reach nobody."""
    raise PermissionError(NO_NETWORK)


def refuse_shared_memory(*args: Any, **kwargs: Any) -> NoReturn:
    """Share no memory."""
    raise PermissionError(NO_SHARED_MEMORY)


def refuse_socket(socket: object, family: int, *rest: int) -> None:
    """Make no socket but a pair within the process, which asyncio wakes itself with."""
    if family in (2, 10, 30):  # AF_INET, AF_INET6, and what macOS calls that
        refuse_network()


def counting(start: Callable[..., Any]) -> Callable[..., Any]:
    """Have a function that starts threads refuse to start one beyond the limit."""

    def start_one(*args: Any, **kwargs: Any) -> Any:
        if threading.active_count() - 2 >= limits.THREADS:  # this one and the new one
            raise RuntimeError(TOO_MANY)
        return start(*args, **kwargs)

    return start_one


Rules = dict[str, Callable[..., None]]
PROCESSES: Rules = dict.fromkeys(
    (
        *("os.fork", "os.forkpty", "os.exec", "os.posix_spawn", "os.spawn", "os.system"),
        *("os.startfile", "subprocess.Popen", "pty.spawn"),
    ),
    refuse_process,
)
NETWORK: Rules = dict.fromkeys(
    (
        *("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname"),
        *("socket.gethostbyaddr", "socket.getnameinfo", "socket.sendto", "socket.sendmsg"),
    ),
    refuse_network,
) | {"socket.__new__": refuse_socket}
# On Windows the pair that asyncio makes is one over the network.
RULES = PROCESSES | ({} if sys.platform == "win32" else NETWORK)
# What Python tells no hook of.
UNTOLD = {
    ("_posixsubprocess", "fork_exec"): refuse_process,
    ("_posixshmem", "shm_open"): refuse_shared_memory,
}
for module, _ in UNTOLD:  # loaded here, they are there in every fork
    with suppress(ImportError):  # another system than Linux may have none of this
        importlib.import_module(module)
# How threading starts a thread, in one version of Python or the other.
STARTERS = {"_start_new_thread", "_start_joinable_thread"}


def lay_down_rules(more: Rules) -> None:
    """Refuse from now on, in this process and for good, what grading does not run."""
    rules = RULES | more

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in rules:
            rules[event](*args)

    for (module, name), instead in UNTOLD.items():
        if module in sys.modules:
            setattr(sys.modules[module], name, instead)
    for name in STARTERS & vars(threading).keys():
        setattr(threading, name, counting(getattr(threading, name)))
    sys.addaudithook(hook)


def settle(home: Path, root: Path, mine: Collection[str]) -> None:
    """Make this process, in which a learner's code is to run, as a worker is.

    It works in an empty folder of its own, which is its home as well, with few settings; and what
    lies under `root`, the workbook, is not there for code of the files `mine`.
    """
    real = os.path.expanduser("~")
    for name in set(os.environ) - KEPT:
        del os.environ[name]
    # matplotlib, where a learner has it, would look for all fonts of the machine at every run.
    fonts = os.path.join(real, ".cache", "matplotlib")
    os.environ |= NAMES | {"MPLCONFIGDIR": fonts, "HOME": str(home), "USERPROFILE": str(home)}
    os.chdir(home)
    sys.argv = [str(home)]
    lay_down_rules({"open": hiding((str(root), real), (str(home), fonts), mine)})


def hiding(
    folders: tuple[str, ...], own: tuple[str, ...], mine: Collection[str]
) -> Callable[..., None]:
    """Make the rule by which files of some folders are not there for a learner's code.

    Its `own` folders in these are, and so are Python's.
    """
    python = {sys.prefix, sys.base_prefix, *(path for path in sys.path if path not in folders)}
    there = tuple(f"{path}{os.sep}" for path in (*own, *python) if path)
    hidden = tuple(f"{path}{os.sep}" for path in folders)

    def hide(path: object, *rest: object) -> None:
        if not isinstance(path, str) or not path.startswith(hidden) or path.startswith(there):
            return
        if path not in mine and is_asked_by(mine):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)

    return hide


def is_asked_by(files: Collection[str]) -> bool:
    """Tell whether code of some files has called what runs now, and no test in between."""
    frame = sys._getframe()
    while frame is not None:
        name = frame.f_code.co_filename
        if name in files:
            return True
        if os.path.basename(name).startswith("test_"):
            return False
        frame = frame.f_back  # type: ignore[assignment]
    return False
