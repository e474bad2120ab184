"""The locked box: keyed hashes of slips, ciphertext of ballots, receipts.

Two keys a poll, both outside the database (`kernel.keys`): one hashes slip codes, one encrypts
ballots. Whoever holds the database, its log or a backup holds neither; sealing destroys both.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shuzhi.kernel.fields import ALPHABET
from shuzhi.kernel.keys import create_key, destroy_key, read_key

BLOCK = 1024  # bytes; ciphertexts of a poll fill the same whole number of blocks
CODE_LENGTH = 10
RECEIPT_LENGTH = 12
IV_BYTES = 12
SIZE_BYTES = 4


def _mac(key: bytes, purpose: str, message: str) -> bytes:
    return hmac.digest(key, f"{purpose}\0{message}".encode(), "sha256")


def normalise(code: str) -> str:
    """Return a typed code without spaces and hyphens, in capitals."""
    return "".join(code.split()).replace("-", "").upper()


def grouped(code: str) -> str:
    """Return a code in two groups, as people read it aloud."""
    return f"{code[:5]} {code[5:]}"


def used_hash(nonce: str) -> str:
    """Return what a used slip keeps of the phone's nonce."""
    return hashlib.sha256(nonce.encode()).hexdigest()


class SlipKey:
    """Hashes the codes of one poll."""

    def __init__(self, public_id: str) -> None:
        self.name = f"slips-{public_id.lower()}"

    def create(self) -> None:
        """Create the key unless an earlier attempt left one."""
        try:
            create_key(self.name)
        except FileExistsError:
            return

    def hashes(self, codes: list[str]) -> list[str]:
        """Return the keyed hash of each code."""
        key = read_key(self.name)
        return [_mac(key, "slip", code).hex() for code in codes]

    def hash(self, code: str) -> str:
        """Return the keyed hash of one code as typed."""
        return self.hashes([normalise(code)])[0]

    def destroy(self) -> None:
        """Destroy the key: no code can be looked up any more."""
        destroy_key(self.name)


class BoxKey:
    """Encrypts what is in the box of one poll, and derives receipts."""

    def __init__(self, public_id: str) -> None:
        self.name = f"box-{public_id.lower()}"
        self._bound = public_id.encode()

    def create(self) -> None:
        """Create the key unless an earlier attempt left one."""
        try:
            create_key(self.name)
        except FileExistsError:
            return

    @cached_property
    def _key(self) -> bytes:
        """Read once for what one ballot needs; nobody keeps a `BoxKey` longer."""
        return read_key(self.name)

    def _cipher(self) -> AESGCM:
        return AESGCM(_mac(self._key, "box", ""))

    def lock(self, content: Mapping[str, Any], size: int = 0) -> bytes:
        """Encrypt `content`, padded to `size` bytes, so that length tells nothing.

        Raises `ValueError` when it does not fit: the caller bounds what a ballot may hold.
        """
        plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        framed = len(plain).to_bytes(SIZE_BYTES, "big") + plain
        if size and len(framed) > size:
            raise ValueError("a ballot is longer than its block")
        iv = os.urandom(IV_BYTES)
        return iv + self._cipher().encrypt(iv, framed.ljust(size, b"\0"), self._bound)

    def unlock(self, ciphertext: bytes | memoryview) -> dict[str, Any]:
        """Decrypt what `lock` made; raise `InvalidTag` if it was altered."""
        data = bytes(ciphertext)
        framed = self._cipher().decrypt(data[:IV_BYTES], data[IV_BYTES:], self._bound)
        size = int.from_bytes(framed[:SIZE_BYTES], "big")
        content: dict[str, Any] = json.loads(framed[SIZE_BYTES : SIZE_BYTES + size])
        return content

    def receipt(self, nonce: str) -> str:
        """Return the receipt for a nonce: the same one for a repeated request."""
        number = int.from_bytes(_mac(self._key, "receipt", nonce), "big")
        letters = []
        for _ in range(RECEIPT_LENGTH):
            number, index = divmod(number, len(ALPHABET))
            letters.append(ALPHABET[index])
        return "".join(letters)

    def destroy(self) -> None:
        """Destroy the key: what logs, row versions and backups hold is then unreadable."""
        destroy_key(self.name)
