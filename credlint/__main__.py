"""`python -m credlint`."""

from __future__ import annotations

import os
import sys

if __name__ == "__main__":
    # `-m` puts the working directory first on the path: a project's own copy.py would be run in place of Python's.
    if sys.path[:1] == [os.getcwd()]:
        del sys.path[0]
    from credlint.cli import main

    sys.exit(main())
