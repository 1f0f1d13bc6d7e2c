#!/usr/bin/env python3
"""Everything that is done with this project, by one word. `python3 run.py --help` lists the words.

Standard library only: it runs before anything is installed, and makes its own virtual environment.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this very check is for older versions
    sys.exit(
        "Aware needs Python 3.11 or later, and this is Python %d.%d (%s). "  # noqa: UP031
        "Run it with a newer one, for example: python3.12 run.py"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )

import argparse
import errno
import os
from collections.abc import Callable

from config import installation, quality, servers, stack

Word = Callable[[list[str]], int]

WORDS: dict[str, tuple[Word, str]] = {
    "start": (stack.start, "start everything and print the address (the default)"),
    "setup": (installation.only, "everything but starting"),
    "test": (quality.test, "run the tests; arguments go to pytest"),
    "security": (quality.security, "the long security tests, with their figures"),
    "check": (quality.check, "linters, types, contracts, migrations, documents; changes nothing"),
    "fix": (quality.fix, "format, and mend what the linters can mend"),
    "bench": (quality.bench, "measure, and print a table of ratios: --rows N, --write, --strict"),
    "docs": (quality.docs, "write the generated pages of docs/reference"),
    "reset": (stack.reset, "delete the data of the embedded servers: --yes, or it asks"),
}


def main() -> int:
    words = "\n".join(f"  {word:8} {about}" for word, (_, about) in WORDS.items())
    parser = argparse.ArgumentParser(
        prog="run.py",
        description="Aware: case tracking and the performance board.",
        epilog=f"words:\n{words}\n\nPORT (8000), HOST (127.0.0.1) and AWARE_HOME (var/) come from the environment.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("word", nargs="?", default="start", choices=WORDS, metavar="word")
    given, rest = parser.parse_known_args()
    os.chdir(servers.ROOT)
    try:
        installation.ensure()
        return WORDS[given.word][0](rest)
    except servers.ServerError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print(f"The disk is full: {error.filename or 'a file'} was not written.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
