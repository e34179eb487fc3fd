"""What a service does to hear what people think of it, and what they say."""

from punte.satisfaction.actions.asking import give_opinion, open_sheet, start_asking, stop_asking

__all__ = ["give_opinion", "open_sheet", "start_asking", "stop_asking"]
