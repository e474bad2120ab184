"""Files that come with a step: kept by the kernel, digests for the log."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from shuzhi.kernel.access import Actor
from shuzhi.kernel.files import store_bytes
from shuzhi.kernel.uploads import Received

if TYPE_CHECKING:
    from shuzhi.kernel.models import StoredFile

Uploads = Mapping[str, Sequence[Received]]


def keep_files(uploads: Uploads, *, actor: Actor) -> dict[str, list["StoredFile"]]:
    """Keep the files of each fact; one beyond the limit refuses the whole step."""
    return {
        name: [store_bytes(file.data, file.name, file.media_type, actor=actor) for file in files]
        for name, files in uploads.items()
    }


def digests(uploads: Uploads) -> dict[str, list[str]]:
    """Return the SHA-256 of each file, as the log records it."""
    return {
        name: [hashlib.sha256(file.data).hexdigest() for file in files]
        for name, files in uploads.items()
    }
