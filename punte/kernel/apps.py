from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

KEYS = "the keys of the database"


class Kernel(AppConfig):
    name = "punte.kernel"

    def ready(self) -> None:
        from punte.kernel.keyring import open_after_migration, open_with_own_keys

        connection_created.connect(open_with_own_keys, dispatch_uid=KEYS)
        post_migrate.connect(open_after_migration, sender=self, dispatch_uid=KEYS)
