"""What other rooms may wait for."""

from django.dispatch import Signal

# Sent with `person` and `households`, where they lived until then, within the verb by which a death is recorded or
# taken back: what rooms above count or remind of follows.
death_changed = Signal()
