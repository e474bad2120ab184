"""Whether an address is free to be served."""

import socket


def is_free(host: str, port: int) -> bool:
    """Tell whether nobody listens at the address yet."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
