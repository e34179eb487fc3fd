"""Everything that changes what is published."""

from punte.publication.actions.duties import give_duty, meet_duty
from punte.publication.actions.items import Upload, publish_item, renew_item, withdraw_item

__all__ = ["Upload", "give_duty", "meet_duty", "publish_item", "renew_item", "withdraw_item"]
