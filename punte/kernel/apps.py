from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

KEYS = "the keys of the database"


class Kernel(AppConfig):
    name = "punte.kernel"

    def __init__(self, app_name: str, app_module: Any) -> None:
        from punte.kernel.catalogues import in_one_table

        super().__init__(app_name, app_module)
        # Before `ready`: the first text is looked for while the models are made.
        in_one_table()

    def ready(self) -> None:
        from punte.kernel.keyring import open_after_migration, open_with_own_keys

        connection_created.connect(open_with_own_keys, dispatch_uid=KEYS)
        post_migrate.connect(open_after_migration, sender=self, dispatch_uid=KEYS)
