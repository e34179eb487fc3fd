from django.apps import AppConfig


class WaitingLists(AppConfig):
    name = "punte.waiting"
    label = "waiting"

    def ready(self) -> None:
        """What is kept of who waits, and the table of an extract."""
        from punte.accounts.guests import Guest, hand_over
        from punte.waiting.extract import tables
        from punte.waiting.keeps import KEEPS

        hand_over(Guest("waiting_lists", extract=tables, keeps=KEEPS))
