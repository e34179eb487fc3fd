"""What is done with waiting lists."""

from punte.waiting.actions.listing import put_on_list
from punte.waiting.actions.moving import accept_offer, decline_offer, leave_service, offer_place, stop_waiting

__all__ = ["accept_offer", "decline_offer", "leave_service", "offer_place", "put_on_list", "stop_waiting"]
