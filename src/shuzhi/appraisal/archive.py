"""The archive that anyone entitled can count again: the same content gives the same bytes."""

import hashlib
import json
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

SCHEME = "scheme.yaml"
DATA = "data"
RESULTS = "results"
README = "README.md"
MANIFEST = "manifest.json"
VARIATIONS = 1000  # of the weights, to see how firm the ranks are
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # a fixed time: an archive must not tell when it was made

_README = """# 复核说明 · How to count again

{title}

本压缩包含有考核方案(`scheme.yaml`)、不含任何个人信息的计分数据(`data/`)、
公布所依据的计分结果(`results/`)和全部文件的 SHA-256 摘要(`manifest.json`)。

在装有 Shuzhi {version} 的计算机上解压后运行:

    shuzhi score scheme.yaml data --out again{options}

`again/` 中的每个文件应与 `results/` 中的同名文件逐字节相同。

This archive holds the scheme, the input data without any person, the results on which the
publication rests, and the SHA-256 digest of every file. Unpack it and run the command above with
Shuzhi {version}: every file in `again/` must equal the file of the same name in `results/`, byte
for byte.
"""


def readme(title: str, version: str, *, varied: bool = False) -> bytes:
    """Return the archive's instructions in both languages; `varied` when ranks were tested too."""
    options = f" --robustness {VARIATIONS}" if varied else ""
    return _README.format(title=title, version=version, options=options).encode()


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of every file by name, sorted."""
    return {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Return the list of files with their digests, as JSON."""
    text = json.dumps({"sha256": digests(files)}, ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of `files` in sorted order without times: equal files give equal bytes."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = ZipInfo(name, ZIP_EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return stream.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the files of an archive by name."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
