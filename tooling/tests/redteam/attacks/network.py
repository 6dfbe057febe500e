"""Opens every kind of socket, and asks for a name.

Judged: * passed
"""

import itertools
import socket
import urllib.request


def opened():
    families = (
        socket.AF_INET,
        socket.AF_INET6,
        socket.AF_UNIX,
        socket.AF_NETLINK,
        socket.AF_PACKET,
    )
    for family, kind in itertools.product(families, (socket.SOCK_STREAM, socket.SOCK_DGRAM)):
        yield lambda family=family, kind=kind: socket.socket(family, kind)
    yield lambda: socket.send_fds(socket.socketpair()[0], [b"x"], [1])
    yield lambda: socket.socketpair(socket.AF_INET)
    yield lambda: socket.create_connection(("127.0.0.1", 80), 0.1)
    yield lambda: socket.getaddrinfo("example.org", 80)
    yield lambda: urllib.request.urlopen("http://127.0.0.1/", timeout=0.1)


def total(values):
    for way in opened():
        try:
            way()
        except OSError:
            continue
        return float("nan")
    return float(values.sum())
