"""Every proof verifies, every altered one fails; roots agree with the published vectors."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzhi.engine import merkle
from shuzhi.engine.merkle import (
    consistency_proof,
    inclusion_proof,
    root,
    sha256,
    sm3,
    verify_consistency,
    verify_inclusion,
)

# The vectors of the certificate-transparency reference implementation (merkle_tree_test).
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION_1_OF_8 = [  # of the first leaf
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
CONSISTENCY_6_TO_8 = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

many = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


def _hex(proof: Sequence[bytes]) -> list[str]:
    return [step.hex() for step in proof]


def _naive(leaves: Sequence[bytes]) -> bytes:
    """The definition of RFC 9162 §2.1.1, word by word."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0])
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return sha256(b"\x01" + _naive(leaves[:k]) + _naive(leaves[k:]))


def test_published_roots() -> None:
    assert root([]).hex() == EMPTY
    assert [root(LEAVES[: size + 1]).hex() for size in range(8)] == ROOTS


def test_published_proofs() -> None:
    assert _hex(inclusion_proof(LEAVES, 0)) == INCLUSION_1_OF_8
    assert _hex(consistency_proof(LEAVES, 6)) == CONSISTENCY_6_TO_8
    assert inclusion_proof(LEAVES[:1], 0) == []


def test_sm3_is_that_of_the_national_standard() -> None:
    # GB/T 32905-2016, annex A, example 1: "abc".
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert root(LEAVES, digest=sm3) != root(LEAVES)


@given(many)
def test_the_root_is_that_of_the_definition(leaves: list[bytes]) -> None:
    assert root(leaves) == _naive(leaves)


@given(many, st.data(), st.sampled_from([sha256, sm3]))
def test_every_inclusion_proof_verifies(
    leaves: list[bytes], data: st.DataObject, digest: merkle.Digest
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(leaves, index, digest=digest)
    top = root(leaves, digest=digest)
    assert verify_inclusion(leaves[index], index, len(leaves), proof, top, digest=digest)
    other = sm3 if digest is sha256 else sha256
    assert not verify_inclusion(leaves[index], index, len(leaves), proof, top, digest=other)


@given(many, st.data(), st.sampled_from([sha256, sm3]))
def test_every_consistency_proof_verifies(
    leaves: list[bytes], data: st.DataObject, digest: merkle.Digest
) -> None:
    m, n = data.draw(st.integers(0, len(leaves))), len(leaves)
    proof = consistency_proof(leaves, m, digest=digest)
    roots = root(leaves[:m], digest=digest), root(leaves, digest=digest)
    assert verify_consistency(m, n, *roots, proof, digest=digest)


def _altered(proof: list[bytes], data: st.DataObject) -> list[bytes]:
    """Flip a bit of, drop, double or add a step."""
    kinds = ["add", *(["flip", "drop", "double"] if proof else [])]
    kind = data.draw(st.sampled_from(kinds))
    if kind == "add":
        return [*proof, data.draw(st.binary(min_size=32, max_size=32))]
    at = data.draw(st.integers(0, len(proof) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    return {
        "flip": [*proof[:at], bytes([proof[at][0] ^ bit]) + proof[at][1:], *proof[at + 1 :]],
        "drop": proof[:at] + proof[at + 1 :],
        "double": [*proof[: at + 1], *proof[at:]],
    }[kind]


@given(many, st.data())
def test_an_altered_inclusion_proof_fails(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = _altered(inclusion_proof(leaves, index), data)
    assert not verify_inclusion(leaves[index], index, len(leaves), proof, root(leaves))


@given(many, st.data())
def test_an_altered_consistency_proof_fails(leaves: list[bytes], data: st.DataObject) -> None:
    m, n = data.draw(st.integers(0, len(leaves))), len(leaves)
    proof = _altered(consistency_proof(leaves, m), data)
    assert not verify_consistency(m, n, root(leaves[:m]), root(leaves), proof)


@given(many, st.data())
def test_an_altered_leaf_place_or_root_fails(leaves: list[bytes], data: st.DataObject) -> None:
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    leaf, proof, top = leaves[index], inclusion_proof(leaves, index), root(leaves)
    assert not verify_inclusion(leaf + b"x", index, size, proof, top)
    assert not verify_inclusion(leaf, index, size, proof, sha256(top))
    elsewhere = data.draw(st.integers(-1, size + 1).filter(lambda at: at != index))
    if not 0 <= elsewhere < size or leaves[elsewhere] != leaf:
        assert not verify_inclusion(leaf, elsewhere, size, proof, top)


@given(many, st.data())
def test_a_rewritten_past_is_not_consistent(leaves: list[bytes], data: st.DataObject) -> None:
    m = data.draw(st.integers(1, len(leaves)))
    at = data.draw(st.integers(0, m - 1))
    rewritten = [*leaves[:at], leaves[at] + b"x", *leaves[at + 1 :]]
    roots = root(leaves[:m]), root(rewritten)
    assert not verify_consistency(m, len(leaves), *roots, consistency_proof(rewritten, m))
    assert not verify_consistency(m, len(leaves), *roots, consistency_proof(leaves, m))


def test_a_node_cannot_pose_as_a_leaf() -> None:
    two = [merkle.leaf_hash(leaf) for leaf in LEAVES[:2]]
    assert root([b"".join(two)]) != root(LEAVES[:2])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_outside_the_tree_is_an_error(index: int, size: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof(LEAVES[:size], index)


@pytest.mark.parametrize("m", [-1, 9])
def test_a_tree_larger_than_the_whole_is_an_error(m: int) -> None:
    with pytest.raises(IndexError):
        consistency_proof(LEAVES, m)
