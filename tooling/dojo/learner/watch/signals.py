"""What the system tells a watch: to stop, to go on, to end, that the terminal has another size."""

import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

# By name: Windows has fewer of them.
ENDS = ("SIGINT", "SIGTERM", "SIGHUP")
ALL = (*ENDS, "SIGTSTP", "SIGCONT", "SIGWINCH")


@contextmanager
def signals(names: Sequence[str], told: Callable[[str], None]) -> Iterator[None]:
    """Call back, in a thread, with the name of every such signal while the block runs.

    One that this process was started to ignore, as by nohup, stays ignored. The system gives a
    signal to any thread; Python's handlers wait for the main one, which may be asleep.
    """
    numbers = {getattr(signal, name): name for name in names if hasattr(signal, name)}
    before = {n: signal.getsignal(n) for n in numbers}
    heard = {n: name for n, name in numbers.items() if before[n] is not signal.SIG_IGN}
    for number in heard:
        signal.signal(number, lambda *_: None)
    try:
        with each_signal(lambda number: told(heard[number]) if number in heard else None):
            yield
    finally:
        for number in heard:
            signal.signal(number, before[number] or signal.SIG_DFL)


@contextmanager
def each_signal(heard: Callable[[int], None]) -> Iterator[None]:
    """Call back, in a thread, with the number of every signal that has a handler in Python."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)

    def listen() -> None:
        while received := ours.recv(64):
            for number in received:
                heard(number)

    thread = threading.Thread(target=listen)
    thread.start()
    before = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        theirs.close()
        thread.join()
        ours.close()


def exit_code(name: str) -> int:
    """Return the code with which a shell names a process that a signal has ended."""
    return 128 + int(getattr(signal, name))


def stop() -> None:
    """Stop as Ctrl-Z stops any program; return when the shell has it go on."""
    ours = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    # To this thread, which does not run one step further then; to the process, it might.
    signal.pthread_kill(threading.get_ident(), signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, ours)
