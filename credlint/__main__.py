"""`python -m credlint`."""

from __future__ import annotations

import sys

from credlint.cli import main

if __name__ == "__main__":
    sys.exit(main())
