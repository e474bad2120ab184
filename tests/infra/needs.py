"""Parts that a machine may lack: a test says so and is skipped, or fails where all must be there.

`SHUZHI_REQUIRE_ALL=1` (set in CI) turns every such skip into a failure.
"""

import os
from typing import NoReturn

import pytest

REQUIRE_ALL = os.environ.get("SHUZHI_REQUIRE_ALL") == "1"
ABSENT = {
    "postgres": "PostgreSQL 15 or newer is absent (Debian: apt-get install postgresql)",
    "chromium": "Chromium is absent (Debian: apt-get install chromium-headless-shell)",
    "gettext": "xgettext is absent (Debian: apt-get install gettext)",
    "spark": "Java 17 is absent (Debian: apt-get install openjdk-17-jre-headless)",
    "poppler": "pdftotext is absent (Debian: apt-get install poppler-utils)",
}


def absent(part: str) -> NoReturn:
    """Skip the running test because `part` is absent; fail where nothing may be."""
    if REQUIRE_ALL:
        pytest.fail(ABSENT[part], pytrace=False)
    pytest.skip(ABSENT[part])
