#!/usr/bin/env python3
"""Django's commands. Starts the embedded servers for the command's length where none is named or running."""

import os
import sys

from config import servers

NEED_NO_SERVER = {"", "help", "version", "--help", "-h", "--version", "collectstatic"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 - may be absent
    except ImportError:
        sys.exit(
            "Django is not installed for this Python: run `python3 run.py setup`, "
            "then `.venv/bin/python manage.py`."
        )
    if (sys.argv[1:] or [""])[0] in NEED_NO_SERVER or "--help" in sys.argv:
        execute_from_command_line(sys.argv)
        return
    try:
        with servers.running():
            execute_from_command_line(sys.argv)
    except servers.ServerError as error:
        sys.exit(str(error))
    except Exception as error:
        if type(error.__cause__).__name__ != "UndefinedTable":
            raise
        sys.exit(
            f"The database of {servers.home()} has no tables yet. Run `python3 run.py setup`, or set "
            "AWARE_HOME to the folder that Aware was started with."
        )


if __name__ == "__main__":
    main()
