"""The `punte` command: every verb of the command line is a management command of its room."""

import os
import sys

from django.core.management import ManagementUtility


def main() -> None:
    """Run `punte VERB …`; `punte help` lists the verbs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")
    ManagementUtility(["punte", *sys.argv[1:]]).execute()
