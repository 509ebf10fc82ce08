"""``make load``: read and check a long row of reports; rate and memory on the way."""

from __future__ import annotations

import argparse
import time

from bench.measuring import resident, roomy_malloc, row
from bench.run import generated, once


def main() -> None:
    """Run through the pages and print a line at each tenth."""
    parser = argparse.ArgumentParser(description="read and check many generated reports")
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument(
        "--malloc", action="store_true", help="let malloc keep freed memory"
    )
    options = parser.parse_args()
    if options.malloc:
        roomy_malloc()
    print(row("reports", "a second", "MB"))
    print(row("---", "---", "---"))
    step = max(1, options.pages // 10)
    spent, since = 0.0, 0.0
    for number, data in enumerate(generated(options.pages), 1):
        start = time.perf_counter()
        once(data)
        spent += time.perf_counter() - start
        if number % step == 0:
            rate = step / (spent - since)
            print(row(number, f"{rate:.0f}", f"{resident():.0f}"), flush=True)
            since = spent


if __name__ == "__main__":
    main()
