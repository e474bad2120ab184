"""Signed tree heads, and the keyed seal that binds a leaf to its place."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shuzhi.kernel import keys

from .payload import canonical, moment

KEY_NAME = "log-signing"
KEY_ID_LENGTH = 16


@dataclass(frozen=True)
class Head:
    """A signed statement: `size` leaves of the log `name` have the root `root_hex`."""

    name: str
    algorithm: str
    size: int
    root_hex: str
    signed_at: datetime
    key_id: str
    signature: str

    @property
    def statement(self) -> bytes:
        """What is signed."""
        return canonical(
            {
                "v": 1,
                "log": self.name,
                "hash": self.algorithm,
                "size": self.size,
                "root": self.root_hex,
                "at": moment(self.signed_at),
                "key": self.key_id,
            }
        ).encode()

    @property
    def mark(self) -> str:
        """What is printed on a paper and given to `shuzhi log verify --head` later."""
        return f"{self.size}:{self.root_hex}"


@dataclass(frozen=True)
class Signer:
    """The log's own key: signs heads, seals leaves."""

    private: Ed25519PrivateKey
    seal_key: bytes

    @classmethod
    def from_seed(cls, seed: bytes) -> "Signer":
        private = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(private, hashlib.sha256(b"shuzhi log seal\0" + seed).digest())

    @property
    def public_hex(self) -> str:
        return self.private.public_key().public_bytes_raw().hex()

    @property
    def key_id(self) -> str:
        return key_id_of(self.public_hex)

    def sign(self, statement: bytes) -> str:
        return self.private.sign(statement).hex()

    def seal(self, position: int, leaf_hex: str) -> str:
        """Bind a leaf to its place, so that who can write the database but lacks the key shows."""
        message = f"{position}:{leaf_hex}".encode()
        return hmac.new(self.seal_key, message, hashlib.sha256).hexdigest()


def key_id_of(public_hex: str) -> str:
    """Return the short name of a public key, as printed with heads."""
    return hashlib.sha256(bytes.fromhex(public_hex)).hexdigest()[:KEY_ID_LENGTH]


def own_signer() -> Signer:
    """Return this site's signer; its key is made when first needed."""
    try:
        return Signer.from_seed(keys.read_key(KEY_NAME))
    except FileNotFoundError:
        return Signer.from_seed(_created())


def signer_if_any() -> Signer | None:
    """Return this site's signer, or None where the key is not kept (a copy of the database)."""
    try:
        return Signer.from_seed(keys.read_key(KEY_NAME))
    except FileNotFoundError:
        return None


def _created() -> bytes:
    try:
        return keys.create_key(KEY_NAME)
    except FileExistsError:  # another process was first
        return keys.read_key(KEY_NAME)


def is_signed_by(head: Head, public_hex: str) -> bool:
    """Tell whether `head` carries the signature of the key."""
    if key_id_of(public_hex) != head.key_id:
        return False
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_hex))
    try:
        public.verify(bytes.fromhex(head.signature), head.statement)
    except (InvalidSignature, ValueError):
        return False
    return True
