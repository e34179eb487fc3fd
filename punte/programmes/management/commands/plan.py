"""`punte plan load`: bring in plans approved before the installation."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from punte.programmes.actions import load_plans


class Command(BaseCommand):
    """Doing it again changes nothing."""

    help = "Load approved annual plans of content/plans; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("step", choices=["load"])

    def handle(self, **_options: Any) -> None:
        for version in load_plans(settings.CONTENT / "plans"):
            self.stdout.write(_("Plan loaded: %(plan)s") % {"plan": version})
