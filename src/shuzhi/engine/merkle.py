"""Merkle trees and their proofs as RFC 9162 (Certificate Transparency 2.0) §2.1 defines them.

Leaves, hashes and proofs are bytes. The hash is SHA-256, or SM3 (GB/T 32905) where a site asks.
A tree may be kept anywhere: whoever can name the root of a complete subtree can prove from it.
"""

import hashlib
from collections.abc import Callable, Sequence

from cryptography.hazmat.primitives import hashes

Digest = Callable[[bytes], bytes]
Node = Callable[[int, int], bytes]  # (level, index) → root of the 2^level leaves from index·2^level


def sha256(data: bytes) -> bytes:
    """Hash with SHA-256, the standard's own."""
    return hashlib.sha256(data).digest()


def sm3(data: bytes) -> bytes:
    """Hash with SM3, for sites that must use national algorithms."""
    state = hashes.Hash(hashes.SM3())
    state.update(data)
    return state.finalize()


DIGESTS: dict[str, Digest] = {"sha256": sha256, "sm3": sm3}


def leaf_hash(leaf: bytes, digest: Digest = sha256) -> bytes:
    """Return the hash of a leaf; the prefix keeps a leaf from posing as a node."""
    return digest(b"\x00" + leaf)


def node_hash(left: bytes, right: bytes, digest: Digest = sha256) -> bytes:
    """Return the hash of an inner node."""
    return digest(b"\x01" + left + right)


def _split(size: int) -> int:
    """Return the largest power of two smaller than `size` (size ≥ 2)."""
    return 1 << (size - 1).bit_length() - 1


class Tree:
    """Roots and paths over complete subtrees that `node` names."""

    def __init__(self, node: Node, digest: Digest = sha256) -> None:
        self.node = node
        self.digest = digest

    def root(self, size: int) -> bytes:
        """Return the root of the first `size` leaves."""
        return self._range(0, size) if size else self.digest(b"")

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Return the path from leaf `index` to the root of the first `size` leaves."""
        if not 0 <= index < size:
            raise IndexError("no such leaf in a tree of this size")
        return self._path(index, 0, size)

    def consistency(self, first: int, second: int) -> list[bytes]:
        """Return the proof that the first `first` of `second` leaves have stayed the same."""
        if not 0 <= first <= second:
            raise IndexError("the first tree cannot be larger than the second")
        if first in {0, second}:
            return []
        return self._subproof(first, 0, second, whole=True)

    def _range(self, start: int, end: int) -> bytes:
        size = end - start
        if size & (size - 1) == 0:
            level = size.bit_length() - 1
            return self.node(level, start >> level)
        middle = start + _split(size)
        return node_hash(self._range(start, middle), self._range(middle, end), self.digest)

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        if index < middle:
            return [*self._path(index, start, middle), self._range(middle, end)]
        return [*self._path(index, middle, end), self._range(start, middle)]

    def _subproof(self, first: int, start: int, end: int, *, whole: bool) -> list[bytes]:
        if first == end:
            return [] if whole else [self._range(start, end)]
        middle = start + _split(end - start)
        if first <= middle:
            return [
                *self._subproof(first, start, middle, whole=whole),
                self._range(middle, end),
            ]
        return [
            *self._subproof(first, middle, end, whole=False),
            self._range(start, middle),
        ]


def _levels(leaves: Sequence[bytes], digest: Digest) -> Node:
    """Hash every complete subtree once, bottom up."""
    levels = [[leaf_hash(leaf, digest) for leaf in leaves]]
    while len(levels[-1]) > 1:
        pairs = zip(levels[-1][::2], levels[-1][1::2], strict=False)
        levels.append([node_hash(left, right, digest) for left, right in pairs])
    return lambda level, index: levels[level][index]


def tree(leaves: Sequence[bytes], digest: Digest = sha256) -> Tree:
    """Return the tree over `leaves`, hashed once for any number of proofs."""
    return Tree(_levels(leaves, digest), digest)


def root(leaves: Sequence[bytes], *, digest: Digest = sha256) -> bytes:
    """Return the root over `leaves`; of no leaves, the hash of nothing."""
    return tree(leaves, digest).root(len(leaves))


def inclusion_proof(leaves: Sequence[bytes], index: int, *, digest: Digest = sha256) -> list[bytes]:
    """Return the proof that leaf `index` (from 0) is under `root(leaves)`."""
    return tree(leaves, digest).inclusion(index, len(leaves))


def consistency_proof(leaves: Sequence[bytes], m: int, *, digest: Digest = sha256) -> list[bytes]:
    """Return the proof that `root(leaves[:m])` and `root(leaves)` agree on the first `m`."""
    return tree(leaves, digest).consistency(m, len(leaves))


def _steps(place: int, last: int, proof: Sequence[bytes]) -> list[tuple[bool, bytes]] | None:
    """Return each step of a path with whether it stands to the left; None if it does not fit.

    The walk that §2.1.3.2 and §2.1.4.2 share: from `place` of a level whose last node is `last`.
    """
    steps = []
    for sibling in proof:
        if last == 0:
            return None
        left = bool(place & 1) or place == last
        while left and place and not place & 1:
            place, last = place >> 1, last >> 1
        steps.append((left, sibling))
        place, last = place >> 1, last >> 1
    return steps if last == 0 else None


def verify_inclusion(
    leaf: bytes,
    index: int,
    size: int,
    proof: Sequence[bytes],
    root: bytes,
    *,
    digest: Digest = sha256,
) -> bool:
    """Tell whether `proof` shows `leaf` at `index` of the `size` leaves under `root` (§2.1.3.2)."""
    steps = _steps(index, size - 1, proof) if 0 <= index < size else None
    if steps is None:
        return False
    found = leaf_hash(leaf, digest)
    for left, sibling in steps:
        pair = (sibling, found) if left else (found, sibling)
        found = node_hash(*pair, digest)
    return found == root


def verify_consistency(
    m: int,
    n: int,
    first_root: bytes,
    second_root: bytes,
    proof: Sequence[bytes],
    *,
    digest: Digest = sha256,
) -> bool:
    """Tell whether `proof` shows that the tree of `n` leaves extends that of `m` (§2.1.4.2)."""
    if m == n:
        return not proof and first_root == second_root
    if m == 0:
        return n > 0 and not proof and first_root == digest(b"")
    if not 0 < m < n or not proof:
        return False
    path = [first_root, *proof] if m & (m - 1) == 0 else proof
    shared = (m & -m).bit_length() - 1  # levels that the first tree fills to its end
    steps = _steps((m - 1) >> shared, (n - 1) >> shared, path[1:])
    if steps is None:
        return False
    first = second = path[0]
    for left, sibling in steps:
        if left:
            first = node_hash(sibling, first, digest)
        second = node_hash(*((sibling, second) if left else (second, sibling)), digest)
    return (first, second) == (first_root, second_root)


class Frontier:
    """A root that grows leaf by leaf, keeping only the roots of the complete subtrees."""

    def __init__(self, digest: Digest = sha256) -> None:
        self.digest = digest
        self.size = 0
        self._peaks: list[bytes] = []  # largest subtree first, as the bits of `size`

    def add(self, hashed_leaf: bytes) -> None:
        """Append a leaf by its hash."""
        self._peaks.append(hashed_leaf)
        full = self.size
        while full & 1:
            right, left = self._peaks.pop(), self._peaks.pop()
            self._peaks.append(node_hash(left, right, self.digest))
            full >>= 1
        self.size += 1

    def root(self) -> bytes:
        """Return the root of all leaves so far."""
        if not self._peaks:
            return self.digest(b"")
        found = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            found = node_hash(peak, found, self.digest)
        return found


def fold(nodes: Sequence[bytes], digest: Digest = sha256) -> bytes:
    """Return the root over a complete row of nodes (a power of two of them)."""
    row = list(nodes)
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1], digest) for at in range(0, len(row), 2)]
    return row[0]
