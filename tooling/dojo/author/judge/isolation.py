"""What isolation there is on this machine, and why not more."""

import ctypes.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from dojo.author.judge.jail import DEVICES
from dojo.child.alike import NAMES
from dojo.run.environ import ONE_AT_A_TIME


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what it is, whether it will do, what to do if not."""

    name: str
    good: bool
    found: str
    advice: str = ""


VENV = Path("/opt/venv")
INSTALL = "install it: apt-get install bubblewrap, dnf install bubblewrap, pacman -S bubblewrap"
SYSCTL = (
    "allow them: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 on Ubuntu 24.04, "
    "kernel.unprivileged_userns_clone=1 on older Debian, user.max_user_namespaces above 0; "
    "in a container, run it with --security-opt seccomp=unconfined"
)


def findings() -> list[Finding]:
    """Look at everything that a sandbox needs, each with what to do about it."""
    if sys.platform != "linux":
        return [Finding("system", False, sys.platform, "judged runs need Linux")]
    bwrap = shutil.which("bwrap")
    seccomp = ctypes.util.find_library("seccomp")
    found = [
        Finding("bubblewrap", bool(bwrap), version(bwrap) if bwrap else "not found", INSTALL),
        Finding("libseccomp", bool(seccomp), seccomp or "not found", "install libseccomp2"),
    ]
    if bwrap:
        problem = try_bubblewrap(bwrap)
        found.append(Finding("user namespaces", not problem, problem or "allowed", SYSCTL))
    user = "root: workers become nobody" if os.getuid() == 0 else "not root"
    return [*found, Finding("user", True, user)]


def version(bwrap: str) -> str:
    """Ask bubblewrap for its version."""
    done = subprocess.run([bwrap, "--version"], capture_output=True, text=True)
    return done.stdout.strip()


def try_bubblewrap(bwrap: str) -> str:
    """Enter a sandbox, and inside it the namespaces of a worker; return what went wrong, or ''."""
    command = [*walls(bwrap, ()), python(), "-m", "dojo.author.judge.trial"]
    done = subprocess.run(command, capture_output=True, text=True)
    lines = [row for row in done.stderr.splitlines() if row.strip()]
    return (lines[-1] if lines else f"exit code {done.returncode}") if done.returncode else ""


def missing() -> str:
    """Say in one sentence why there can be no sandbox here; '' if nothing is known to be amiss."""
    if sys.platform != "linux":
        return f"Judged runs need Linux, and this is {sys.platform}."
    if not shutil.which("bwrap"):
        return f"Judged runs need bubblewrap; {INSTALL}."
    if not ctypes.util.find_library("seccomp"):
        return "Judged runs need libseccomp; install the package libseccomp2."
    return ""


def walls(bwrap: str, hidden: tuple[str, ...]) -> list[str]:
    """The start of a command that runs in the sandbox: a read-only system and nothing of the repo.

    What there is of Python is there: the system's folders, this interpreter, its packages without
    the `hidden` ones, and the program `dojo` itself. Nothing is writable but /tmp.
    """
    words = [bwrap, "--unshare-pid", "--unshare-ipc", "--unshare-net", "--unshare-uts"]
    words += ["--unshare-cgroup-try", "--hostname", "sandbox", "--new-session", "--clearenv"]
    if os.getuid() == 0:
        words += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        words += ["--unshare-user"]
    for folder in ("/dev", "/etc"):
        words += ["--perms", "0755", "--dir", folder]
    for path in ("/usr", "/etc/ld.so.cache", "/etc/alternatives"):
        words += ["--ro-bind-try", path, path]
    for path in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        if Path(path).is_symlink():
            words += ["--symlink", os.readlink(path), path]
        elif Path(path).is_dir():
            words += ["--ro-bind", path, path]
    for device in DEVICES:
        words += ["--dev-bind", device, device]
    # Locks between threads are kept where a worker has a folder of its own.
    words += ["--proc", "/proc", "--tmpfs", "/tmp", "--symlink", "/tmp", "/dev/shm"]
    words += bind(sys.base_prefix, sys.base_prefix)
    if is_venv():
        words += bind(sys.prefix, VENV)
    words += bind(str(Path(__file__).parents[2]), "/opt/dojo/dojo")
    for name in hidden:
        if (package := site_packages() / name).is_dir():
            words += ["--tmpfs", inside(package)]
    for name, value in environment().items():
        words += ["--setenv", name, value]
    return [*words, "--chdir", "/tmp", "--remount-ro", "/"]


def bind(path: str, place: str | Path) -> list[str]:
    """Show a folder, in folders that anybody may enter: bubblewrap makes them for root alone."""
    parents = [str(folder) for folder in reversed(Path(place).parents)][1:]
    folders = [word for folder in parents for word in ("--perms", "0755", "--dir", folder)]
    return [*folders, "--ro-bind", path, str(place)]


def is_venv() -> bool:
    """Tell whether this interpreter runs in a virtual environment."""
    return sys.prefix != sys.base_prefix


def inside(path: Path) -> str:
    """Name a path of this interpreter's as the sandbox does.

    A virtual environment has a place of its own there: it may lie in a folder of /tmp, which a
    worker cannot see, and its path is nobody's business.
    """
    here = is_venv() and path.is_relative_to(sys.prefix)
    return str(VENV / path.relative_to(sys.prefix)) if here else str(path)


def python() -> str:
    """Return the interpreter as the sandbox names it."""
    return inside(Path(sys.executable))


def site_packages() -> Path:
    """Return where this interpreter's packages lie."""
    import msgspec

    return Path(msgspec.__file__).parents[1]


def environment() -> dict[str, str]:
    """The environment of a worker: what a run in this process has, and nothing else."""
    return {
        **ONE_AT_A_TIME,
        **NAMES,
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": "/opt/dojo",
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": "/usr/bin:/bin",
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
    }
