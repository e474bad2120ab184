"""Addresses under which the server is reached: this machine, and the hall's network."""

import fcntl
import socket
import struct

SIOCGIFADDR = 0x8915  # Linux: the IPv4 address of an interface


def _address_of(interface: str) -> str | None:
    request = struct.pack("256s", interface[:15].encode())
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            answer = fcntl.ioctl(probe.fileno(), SIOCGIFADDR, request)
        except OSError:
            return None
    return socket.inet_ntoa(answer[20:24])


def lan_addresses() -> list[str]:
    """Return this machine's IPv4 addresses that phones in the hall can reach."""
    found = (_address_of(name) for _index, name in socket.if_nameindex())
    return [address for address in found if address and not address.startswith("127.")]


def is_free(host: str, port: int) -> bool:
    """Tell whether nobody listens at the address yet."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
