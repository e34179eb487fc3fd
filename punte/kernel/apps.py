import gc
from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

# How many more objects than were let go are made before those in circles are looked for: with Python's 700 a page would
# be stopped for it a dozen times, and each time that all are looked at takes longer than the page.
_OBJECTS = (20_000, 20, 50)
KEYS = "the keys of the database"
STATEMENTS = "the statements that stay prepared"


class Kernel(AppConfig):
    name = "punte.kernel"

    def __init__(self, app_name: str, app_module: Any) -> None:
        from punte.kernel.catalogues import in_one_table

        super().__init__(app_name, app_module)
        # Before `ready`: the first text is looked for while the models are made.
        in_one_table()

    def ready(self) -> None:
        from punte.kernel.keyring import open_after_migration, open_with_own_keys

        gc.set_threshold(*_OBJECTS)
        connection_created.connect(open_with_own_keys, dispatch_uid=KEYS)
        if connection.vendor == "postgresql":
            from punte.kernel.statements import keep_statements

            connection_created.connect(keep_statements, dispatch_uid=STATEMENTS)
        post_migrate.connect(open_after_migration, sender=self, dispatch_uid=KEYS)
