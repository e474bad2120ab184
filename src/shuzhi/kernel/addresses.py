"""This machine's own addresses in its networks: what phones in the hall can open."""

import fcntl
import socket
import struct

SIOCGIFADDR = 0x8915  # Linux: the IPv4 address of an interface
MEANINGLESS = ("127.", "0.")  # to a phone


def _address_of(interface: str) -> str | None:
    request = struct.pack("256s", interface[:15].encode())
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            answer = fcntl.ioctl(probe.fileno(), SIOCGIFADDR, request)
        except OSError:
            return None
    return socket.inet_ntoa(answer[20:24])


def _routed_address() -> str | None:
    """Return the address from which this machine would reach others (no packet is sent).

    A hotspot without a default route has none.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def lan_addresses() -> list[str]:
    """Return this machine's IPv4 addresses that phones in the hall can reach, likeliest first."""
    named = (_address_of(name) for _index, name in socket.if_nameindex())
    found = dict.fromkeys((_routed_address(), *named))
    return [address for address in found if address and not address.startswith(MEANINGLESS)]
