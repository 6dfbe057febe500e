"""The system calls that a worker may not make: a list of what to refuse, not of what to allow.

A list of what to allow breaks with the next version of a library; this one takes away what turns
code into a threat, and what is left is bounded by namespaces and limits. Workers read the same
system files, so it also takes away what one of them could see there of another: watches, locks,
marks, and which pages are in memory.
"""

import errno
import socket
import tempfile
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyseccomp

PROCESSES = "fork vfork execve execveat"
# Allowed with these arguments alone: what a new thread of a process is started with, and a pair of
# sockets within one, which asyncio wakes itself with.
NEW_THREAD = 0x3D0F00
ALLOWED = {"clone": NEW_THREAD, "socketpair": socket.AF_UNIX}
OTHERS = """
ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp membarrier
pidfd_open pidfd_getfd pidfd_send_signal
"""
NETWORK = "socket connect bind listen accept accept4 sendmsg sendmmsg recvmsg recvmmsg"
FILE_SYSTEMS = """
mount umount2 pivot_root chroot move_mount fsopen fsconfig fsmount fspick open_tree mount_setattr
mknod mknodat name_to_handle_at open_by_handle_at quotactl quotactl_fd fanotify_init
inotify_init inotify_init1
"""
NAMESPACES = "unshare setns"
MEMORY = """
memfd_create memfd_secret shmget shmat shmctl shmdt semget semop semctl semtimedop
msgget msgsnd msgrcv msgctl mq_open mq_unlink
migrate_pages move_pages mbind set_mempolicy set_mempolicy_home_node userfaultfd vmsplice
remap_file_pages mincore cachestat fadvise64 readahead
"""
KERNEL = """
add_key request_key keyctl bpf perf_event_open io_uring_setup io_uring_enter io_uring_register
init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff acct syslog
sethostname setdomainname iopl ioperm modify_ldt personality clock_settime clock_adjtime
settimeofday adjtimex vhangup lookup_dcookie seccomp landlock_create_ruleset
"""
REFUSED = (PROCESSES, OTHERS, NETWORK, FILE_SYSTEMS, NAMESPACES, MEMORY, KERNEL)
# Answered as done: a worker is alone with its files, which are in memory.
IDLE = "flock sync syncfs fsync fdatasync sync_file_range"
# Reported as unknown, so that libraries do without. The C library falls back from `clone3` to
# `clone`, whose arguments can be looked at.
UNKNOWN = "clone3 futex_waitv"
# Calls that were not there when this was written, or not in every libseccomp: futex_wake and on.
NEW = range(454, 512)

# The second argument of fcntl(): locks are answered as done, since nobody else could hold one.
# Above F_DUPFD_CLOEXEC lie the sizes of pipes, which are counted by user, and marks on files.
F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW = 6, 7, 37, 38
F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY, F_DUPFD_CLOEXEC = 8, 10, 15, 1024, 1026, 1030
LOCKS = (F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW)
WATCHES = (F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY)
# Without FUTEX_PRIVATE, a word is shared with whoever maps the same file. Only to wait (0 and 9) is
# left then: who joins a thread waits for the kernel, which wakes in the shared way.
FUTEX_PRIVATE, FUTEX_COMMAND = 128, 127
SHARED_FUTEX = (*range(1, 9), *range(10, 14))
# The requests of ioctl() to terminals and sockets, which Python makes of any file.
TERMINAL = (0x5400, 0x54FF)


def filtered() -> Iterator[tuple[int, str | int, "pyseccomp.Arg | None"]]:
    """Yield what is not passed on: an error or 0, a call, and for which argument if not for all."""
    from pyseccomp import EQ, GT, LT, MASKED_EQ, NE, Arg

    for name in " ".join(REFUSED).split():
        yield errno.EPERM, name, None
    for name in IDLE.split():
        yield 0, name, None
    for call in (*UNKNOWN.split(), *NEW):
        yield errno.ENOSYS, call, None
    for command in LOCKS:
        yield 0, "fcntl", Arg(1, EQ, command)
    for command in WATCHES:
        yield errno.EPERM, "fcntl", Arg(1, EQ, command)
    # The kernel reads the lower half of the command alone: what has an upper half is above, too.
    yield errno.EPERM, "fcntl", Arg(1, GT, F_DUPFD_CLOEXEC)
    for command in SHARED_FUTEX:
        yield errno.EPERM, "futex", Arg(1, MASKED_EQ, FUTEX_PRIVATE | FUTEX_COMMAND, command)
    yield errno.EOPNOTSUPP, "ioctl", Arg(1, LT, TERMINAL[0])
    yield errno.EOPNOTSUPP, "ioctl", Arg(1, GT, TERMINAL[1])
    yield errno.EPERM, "preadv2", Arg(5, NE, 0)
    for name, argument in ALLOWED.items():
        yield errno.EPERM, name, Arg(0, NE, argument)


@cache
def program() -> bytes:
    """Compile the filter for this machine's kernel; RuntimeError where libseccomp is missing."""
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for code, call, argument in filtered():
        try:
            rules.add_rule(pyseccomp.ERRNO(code), call, *([argument] if argument else []))
        except (ValueError, OSError):
            continue  # a call that this architecture or this libseccomp does not know
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()
