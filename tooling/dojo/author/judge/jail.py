"""The zygote inside the sandbox: it has the libraries loaded and forks a worker a verdict.

It never runs a learner's code itself. Each worker gets namespaces of its own (user, mount, PID,
IPC, network), an empty /tmp, no /proc, no capabilities, limits, and a system call filter that
refuses new processes, sockets, mounts and their like.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import resource
import selectors
import signal
import socket
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from dojo import limits

NOBODY = 65534
WIRE, PRINTED, PIPE, HIGH = 3, 4, 5, 100
READY = "ready"

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER = 0x00020000, 0x08000000, 0x10000000
CLONE_NEWPID, CLONE_NEWNET = 0x20000000, 0x40000000
NAMESPACES = CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT, MS_BIND = 1, 2, 4, 8, 32, 4096
MS_NOATIME, MS_NODIRATIME, MS_RELATIME = 1024, 2048, 1 << 21
# What statvfs() tells of a mount, and mount() must be told again: nobody may take it away.
KEPT = {2: MS_NOSUID, 8: MS_NOEXEC, 1024: MS_NOATIME, 2048: MS_NODIRATIME, 4096: MS_RELATIME}
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 4, 22, 36, 38
PR_CAPBSET_DROP, LAST_CAPABILITY = 24, 63
CAPABILITY_VERSION = 0x20080522


class Filter(ctypes.Structure):
    """What the kernel calls a sock_fprog: a program of 8 bytes an instruction."""

    _fields_ = (("length", ctypes.c_ushort), ("program", ctypes.c_char_p))


class Jail:
    """The zygote: what it needs to lock a worker up, and the workers that run."""

    def __init__(self, control: socket.socket, seccomp: bytes, *, locked: bool) -> None:
        """Answer on a control socket; `locked` is False where there is no sandbox around."""
        self.control = control
        self.seccomp = seccomp
        self.locked = locked
        self.libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            self.call("prctl", PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ, None)

    def serve(self) -> None:
        """Start workers on request, and end them when nobody wants them any more."""
        while True:
            # A worker that ends is heard of twice, and its descriptors may by then be another's.
            for key, _ in self.selector.select():
                if key.data is None:
                    if not self.take_request():
                        return
                elif self.selector.get_map().get(key.fd) is key:
                    self.end(*key.data)

    def take_request(self) -> bool:
        """Start one worker; False when there will be no more requests."""
        message, ends, _, _ = socket.recv_fds(self.control, 16, 2)
        if not message:
            return False
        wire, life = (socket.socket(fileno=end) for end in ends)
        try:
            pid = self.start(wire)
        except OSError as error:
            with contextlib.suppress(OSError):
                life.send(f"!{error.strerror or error}".encode())
            life.close()
        else:
            watched = pid, os.pidfd_open(pid), life
            for end in watched[1:]:
                self.selector.register(end, selectors.EVENT_READ, watched)
            with contextlib.suppress(OSError):
                life.send(b"+")
        finally:
            wire.close()
        return True

    def end(self, pid: int, pidfd: int, life: socket.socket) -> None:
        """End a worker that is done, or that nobody waits for, and tell how it ended."""
        self.selector.unregister(pidfd)
        self.selector.unregister(life)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        os.close(pidfd)
        with contextlib.suppress(OSError):
            life.send(json.dumps(os.waitstatus_to_exitcode(status)).encode())
        life.close()

    def start(self, wire: socket.socket) -> int:
        """Fork a worker, and return its process; OSError if it cannot be locked up.

        The process in between goes into new namespaces and forks again: the worker is the first
        process of its PID namespace, and an orphan that falls to this process.
        """
        out, into = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(out)
            try:
                os.write(into, f"{self.enter(wire, into)}\n".encode())
            except OSError as error:
                os.write(into, f"{error.strerror}\n".encode())
            finally:
                os._exit(0)
        os.close(into)
        os.waitpid(pid, 0)
        with os.fdopen(out) as pipe:
            said = pipe.read().splitlines()
        worker = next((int(line) for line in said if line.isdigit()), 0)
        if worker and READY in said:
            return worker
        if worker:
            os.waitpid(worker, 0)
        raise OSError(0, next((line for line in said if not line.isdigit()), "it did not start"))

    def enter(self, wire: socket.socket, pipe: int) -> int:
        """Go into new namespaces and fork the worker there; return its process."""
        if self.locked:
            uid, gid = os.getuid(), os.getgid()
            self.call("unshare", NAMESPACES)
            for file, text in (
                ("oom_score_adj", "1000"),  # where memory runs out, this goes before all others
                ("setgroups", "deny"),
                ("uid_map", f"{uid} {uid} 1"),
                ("gid_map", f"{gid} {gid} 1"),
            ):
                Path(f"/proc/self/{file}").write_text(text)
            options = f"size={limits.DISK_BYTES},nr_inodes=2000,mode=0700,uid={uid},gid={gid}"
            self.mount("/tmp", MS_NOSUID | MS_NODEV | MS_NOEXEC, options)
            self.hide_processes()
            for device in DEVICES:
                self.keep_times_of(device)
        pid = os.fork()
        if pid == 0:
            self.become_worker(wire, pipe)
        return pid

    def become_worker(self, wire: socket.socket, pipe: int) -> NoReturn:
        """Give up everything that a worker must not have, say so, and answer on the wire."""
        try:
            os.setsid()  # kill(0) reaches all of a process group, whatever namespace they are in
            home = prepare_files(wire, pipe, locked=self.locked)
            pipe = PIPE
            limit_resources()
            self.drop_privileges()
            os.write(PIPE, f"{READY}\n".encode())
            os.close(PIPE)
        except OSError as error:
            os.write(pipe, f"{error.strerror}: {error.filename}\n".encode())
            os._exit(0)
        try:
            from dojo.author.judge.worker import work

            work(socket.socket(fileno=WIRE), PRINTED, home / "files")
        finally:
            os._exit(0)

    def drop_privileges(self) -> None:
        """Drop all capabilities for good, and refuse system calls that no solution needs."""
        if sys.platform != "linux":
            return
        self.call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if self.locked:
            for capability in range(LAST_CAPABILITY + 1):
                self.libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
            header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
            self.call("capset", header, (ctypes.c_uint32 * 6)())
        if self.seccomp:
            program = Filter(len(self.seccomp) // 8, self.seccomp)
            self.call("prctl", PR_SET_SECCOMP, 2, ctypes.byref(program), 0, 0)

    def hide_processes(self) -> None:
        """Leave of /proc the list of loaded libraries, which threadpoolctl reads, and no more."""
        libraries = Path("/proc/self/maps").read_bytes()
        flags = MS_NOSUID | MS_NODEV | MS_NOEXEC
        self.mount("/proc", flags, "size=1m,mode=0755")
        Path("/proc/self").mkdir()
        Path("/proc/self/maps").write_bytes(libraries)
        self.mount("/proc", flags | MS_REMOUNT | MS_RDONLY, "size=1m,mode=0755")

    def keep_times_of(self, device: str) -> None:
        """Let a device be read and written, and its times not be set: other workers see these."""
        flags = sum(ours for theirs, ours in KEPT.items() if os.statvfs(device).f_flag & theirs)
        flags |= MS_REMOUNT | MS_BIND | MS_RDONLY
        self.call("mount", None, device.encode(), None, flags, None)

    def mount(self, place: str, flags: int, options: str) -> None:
        """Mount a file system in memory."""
        self.call("mount", b"tmpfs", place.encode(), b"tmpfs", flags, options.encode())

    def call(self, name: str, *args: object) -> None:
        """Call a function of the C library; OSError if it fails."""
        if getattr(self.libc, name)(*args):
            code = ctypes.get_errno()
            raise OSError(code, f"{name}: {os.strerror(code)}")


def prepare_files(wire: socket.socket, pipe: int, *, locked: bool) -> Path:
    """Keep the wire, the pipe and a file for what is printed; close all else; go to a home."""
    with tempfile.TemporaryFile() as file:
        printed = os.dup(file.fileno())
    null = os.open(os.devnull, os.O_RDWR)
    wanted = {0: null, 1: printed, 2: printed, WIRE: wire.fileno(), PRINTED: printed, PIPE: pipe}
    for low, end in wanted.items():
        os.dup2(end, HIGH + low)
    os.closerange(0, HIGH)
    for low in wanted:
        os.dup2(HIGH + low, low)
    os.closerange(len(wanted), 1024)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # as pytest's are
    home = Path("/tmp" if locked else tempfile.mkdtemp())
    os.chdir(home)
    return home


def limit_resources() -> None:
    """Bound memory, files, open files and threads."""
    bounds = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_AS: limits.MEMORY_BYTES,
        resource.RLIMIT_FSIZE: limits.FILE_BYTES,
        resource.RLIMIT_NOFILE: limits.OPEN_FILES,
        resource.RLIMIT_NPROC: limits.TASKS,
    }
    for limit, value in bounds.items():
        resource.setrlimit(limit, (value, value))


def become_nobody() -> None:
    """Stop being root, if this is root: inside a sandbox too, its files are the system's."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        # A process that changed its user may not write its own files in /proc, uid_map among them.
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)


def main(words: Sequence[str]) -> None:
    """Load libraries and serve: two file descriptors, how much is locked, the libraries."""
    control, seccomp, locked, *libraries = words
    if locked == "sandbox":
        become_nobody()
    with open(int(seccomp), "rb") as file:
        program = file.read()
    for name in ("dojo.author.judge.worker", *libraries):
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    Jail(socket.socket(fileno=int(control)), program, locked=locked == "sandbox").serve()


if __name__ == "__main__":
    main(sys.argv[1:])
