"""Take the product's packs into the database, and check them."""

from dataclasses import dataclass
from pathlib import Path

from shuzhi.catalogue.faults import PackError
from shuzhi.catalogue.models import MechanismVersion
from shuzhi.catalogue.packs import FOLDER, Pack, read_packs
from shuzhi.kernel.access import SYSTEM, Actor
from shuzhi.kernel.audit import record
from shuzhi.kernel.writes import verb


@dataclass(frozen=True)
class SyncReport:
    """References taken in now, and those whose text changed without a new version number."""

    kept: tuple[str, ...]
    changed: tuple[str, ...]


def check_packs(folder: Path = FOLDER) -> list[str]:
    """Return every fault of the packs as `file:line: path: what would be right`; none is good."""
    try:
        read_packs(folder)
    except PackError as error:
        return [str(fault) for fault in error.faults]
    return []


def keep(pack: Pack, *, actor: Actor) -> MechanismVersion:
    """Keep a pack's version, on record."""
    envelope = pack.envelope
    row = MechanismVersion.objects.create(
        mechanism=envelope.id,
        version=envelope.version,
        kind=envelope.kind,
        theme=pack.theme,
        title=envelope.title.zh,
        title_en=envelope.title.en,
        sha256=pack.sha256,
        text=pack.text,
    )
    facts = {"reference": pack.reference, "sha256": pack.sha256}
    record("catalogue.version_kept", row, actor=actor, after=facts)
    return row


@verb
def sync_packs(*, actor: Actor = SYSTEM, folder: Path = FOLDER) -> SyncReport:
    """Keep every pack's version that is not kept yet.

    A kept version never changes: where a pack's text differs under an old number, the kept text
    stays and the report says so. Raises `PackError` if any pack that is not kept is faulty.
    """
    known = {(row.mechanism, row.version): row.sha256 for row in MechanismVersion.objects.all()}
    kept, changed = [], []
    for pack in read_packs(folder, known=set(known.values())):
        if (pack.envelope.id, pack.envelope.version) in known:
            changed.append(pack.reference)
        else:
            kept.append(keep(pack, actor=actor).reference)
    return SyncReport(tuple(kept), tuple(changed))
