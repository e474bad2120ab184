"""`python -m tests`: the whole suite, once on SQLite and once on PostgreSQL, with one closing line.

`make test` and CI call this. Arguments are passed to pytest. What a machine lacks is named at the
end; with SHUZHI_REQUIRE_ALL=1 it counts as a failure.
"""

import os
import re
import subprocess
import sys
from collections import Counter

from tests.infra import postgres
from tests.infra.needs import ABSENT, REQUIRE_ALL

WORKERS = ("-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal")
COUNTS = re.compile(r"(\d+) (passed|failed|errors?|skipped)")
NOTHING_COLLECTED = 5


def session(database: str, arguments: list[str]) -> tuple[int, Counter[str]]:
    """Run pytest on one database, showing its output; return its exit code and its counts."""
    print(f"\n——— {database} ———", flush=True)
    command = [sys.executable, "-m", "pytest", *WORKERS, *arguments]
    environment = os.environ | {"SHUZHI_TEST_DB": database, "PYTHONUNBUFFERED": "1"}
    last = ""
    with subprocess.Popen(  # noqa: S603 -- our own command
        command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = line if line.strip() else last
    counts: Counter[str] = Counter()
    for number, word in COUNTS.findall(last):
        counts["failed" if word.startswith("error") else word] += int(number)
    return process.returncode, counts


def main(arguments: list[str]) -> int:
    """Run both sessions; fail if either does."""
    code, counts = session("sqlite", arguments)
    if postgres.binaries():
        second, more = session("postgres", arguments)
        counts += more
        code = code or (0 if second == NOTHING_COLLECTED else second)
    else:
        print(f"\nskipped: {ABSENT['postgres']}")
        counts["failed" if REQUIRE_ALL else "skipped"] += 1
        code = code or int(REQUIRE_ALL)
    print(f"\nboth databases together, exit code {code}:")
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
