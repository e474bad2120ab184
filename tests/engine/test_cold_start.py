"""`shuzhi score` starts as fast as it can: it loads nothing that this calculation does not use."""

import os
import subprocess
import sys
from pathlib import Path

from tests.engine.test_faults import lay

UNUSED = ["django", "openpyxl", "pandas.io", "pyspark", "python_calamine", "shuzhi.engine.spark"]
TELL = """
import sys
class NoPandas:  # Arrow loads it wherever it is; the product does without
    def find_spec(self, name, path=None, target=None):
        if name == "pandas":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, NoPandas())
from shuzhi.engine.cli import main
status = main(sys.argv[1:])
print(status, *sys.modules)
"""


def test_a_calculation_loads_only_what_it_uses(tmp_path: Path) -> None:
    arguments = [*lay(tmp_path), "--parquet", "--robustness", "5", "--adjust"]
    path = os.pathsep.join(sys.path)
    done = subprocess.run(  # noqa: S603 - this interpreter and our own module
        [sys.executable, "-c", TELL, *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.returncode == 0, done.stderr
    status, *loaded = done.stdout.split()
    assert status == "0"
    assert not set(loaded) & set(UNUSED)
