from django.apps import AppConfig


class Directory(AppConfig):
    name = "punte.directory"
    label = "directory"

    def ready(self) -> None:
        """The directory has tables of its own in an extract."""
        from punte.accounts.guests import Guest, hand_over
        from punte.directory.extract import tables

        hand_over(Guest("directory", extract=tables))
