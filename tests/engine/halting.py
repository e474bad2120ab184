"""`python -m tests.engine.halting score …`: the command, of which Spark ends in the middle."""

import sys
from typing import Any

from shuzhi.engine import spark
from shuzhi.engine.cli import main


class Halting(spark.Spark):
    """Spark whose process is gone when the first result is to be kept."""

    def keep(self, name: str, expression: Any) -> Any:
        self.session._jvm.java.lang.Runtime.getRuntime().halt(1)
        return super().keep(name, expression)


if __name__ == "__main__":
    spark.Spark = Halting  # type: ignore[misc]
    sys.exit(main(sys.argv[2:]))
