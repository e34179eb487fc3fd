from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from punte.operations.steps import Steps
from punte.www.frame.nightly import JOBS, take


class Command(BaseCommand):
    help = (
        "What is to be done every night, a job after the other; --list says which, --only does some of them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true", help="say which jobs there are, and do none")
        parser.add_argument(
            "--only",
            action="append",
            default=[],
            choices=[job.name for job in JOBS],
            help="do this job alone; may be given again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Each job, whatever became of the one before; an error at the end where something was not done."""
        if options["list"]:
            for job in JOBS:
                self.stdout.write(f"{job.name:<12} {job.does}")
            return
        steps = Steps(self)
        take(steps, *options["only"])
        steps.end()
