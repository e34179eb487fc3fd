"""The `punte` command: every verb of the command line is a management command of its room."""

import os
import sys

from django.core.management import ManagementUtility

from punte.kernel.errors import WrongKeys


def main() -> None:
    """Run `punte VERB …`; `punte help` lists the verbs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")
    try:
        ManagementUtility(["punte", *sys.argv[1:]]).execute()
    except WrongKeys as refused:
        sys.exit(str(refused))
