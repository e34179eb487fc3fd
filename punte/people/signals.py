"""What other rooms may wait for."""

from django.dispatch import Signal

# Sent with `person` and `households`, where they lived until then, within the verb by which a death is recorded or
# taken back: what rooms above count or remind of follows.
death_changed = Signal()

# Sent with `household` within the verb by which somebody asks for a record in an emergency: rooms above tell who
# answers for the household. It is sent for nobody's household too (None), and receivers then ask the same questions:
# how long an answer takes tells nothing.
emergency_asked = Signal()
