from dataclasses import replace

from django.apps import AppConfig


class Partner(AppConfig):
    name = "punte.www.partner"
    label = "partner"

    def ready(self) -> None:
        from punte.accounts.guests import hand_over
        from punte.cases.actions.answer_referral import LETTER
        from punte.www.frame.once_pages import opens
        from punte.www.partner.views.day_lines import DAY
        from punte.www.partner.views.letters import referral_asked
        from punte.www.partner.views.pictures import PICTURES

        hand_over(replace(DAY, pictures=PICTURES))
        opens(LETTER, referral_asked)
