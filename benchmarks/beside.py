"""Measure a whole run beside another command: `python benchmarks/beside.py FOLDER [-n RUNS] -- COMMAND ...`.

For example `python benchmarks/beside.py .github/workflows -- zizmor --offline --no-progress .github/workflows`. Prints
the CPU seconds of both, start-up and children included, as medians of runs in turn, their ratio, and what Python alone
and Python with PyYAML cost. Machines differ: what counts is the ratio. Run `python -m compileall credlint` before.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys


def _seconds(command: list[str]) -> float:
    """Give the processor time of a command and its children, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - given on the command line
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("-n", type=int, default=15, metavar="RUNS")
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    commands = {
        "credlint": [sys.executable, "-m", "credlint", "check", "--isolated", arguments.folder],
        "the other": arguments.command,
        "Python alone": [sys.executable, "-c", "pass"],
        "Python with PyYAML": [sys.executable, "-c", "import yaml"],
    }
    runs = [{name: _seconds(command) for name, command in commands.items()} for _ in range(arguments.n)]
    medians = {name: statistics.median(run[name] for run in runs) for name in commands}
    for name, seconds in medians.items():
        print(f"{name}: {seconds:.3f} s CPU, {seconds / medians['the other']:.2f} of the other")


if __name__ == "__main__":
    main()
