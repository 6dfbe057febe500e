"""The system calls that a worker may not make: a list of what to refuse, not of what to allow.

A list of what to allow breaks with the next version of a library; this one takes away what turns
code into a threat, and what is left is bounded by namespaces and limits.
"""

import errno
import socket
import tempfile
from functools import cache

PROCESSES = "clone3 fork vfork execve execveat"
# Allowed with these arguments alone: what a new thread of a process is started with, and a pair of
# sockets within one, which asyncio wakes itself with.
NEW_THREAD = 0x3D0F00
ALLOWED = {"clone": NEW_THREAD, "socketpair": socket.AF_UNIX}
OTHERS = """
ptrace process_vm_readv process_vm_writev process_madvise kcmp
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
migrate_pages move_pages mbind set_mempolicy userfaultfd vmsplice remap_file_pages
"""
KERNEL = """
add_key request_key keyctl bpf perf_event_open io_uring_setup io_uring_enter io_uring_register
init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff acct syslog
sethostname setdomainname iopl ioperm modify_ldt personality clock_settime clock_adjtime
settimeofday adjtimex vhangup lookup_dcookie seccomp landlock_create_ruleset
"""
REFUSED = (PROCESSES, OTHERS, NETWORK, FILE_SYSTEMS, NAMESPACES, MEMORY, KERNEL)


@cache
def program() -> bytes:
    """Compile the filter for this machine's kernel; RuntimeError where libseccomp is missing.

    `clone3` is reported as unknown, so that the C library falls back to `clone`, whose arguments
    can be looked at.
    """
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in " ".join(REFUSED).split():
        code = errno.ENOSYS if name == "clone3" else errno.EPERM
        try:
            rules.add_rule(pyseccomp.ERRNO(code), name)
        except (ValueError, OSError):
            continue  # a call that this architecture or this libseccomp does not know
    for name, argument in ALLOWED.items():
        wrong = pyseccomp.Arg(0, pyseccomp.NE, argument)
        rules.add_rule(pyseccomp.ERRNO(errno.EPERM), name, wrong)
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()
