from django.apps import AppConfig


class Programmes(AppConfig):
    name = "punte.programmes"
    label = "programmes"

    def ready(self) -> None:
        """What is kept of who is enrolled, the table of an extract, the words of the verbs."""
        from punte.accounts.guests import Guest, hand_over
        from punte.programmes.extract import tables
        from punte.programmes.keeps import KEEPS
        from punte.programmes.words import WORDS

        hand_over(Guest("programmes", extract=tables, keeps=KEEPS, words=WORDS))
