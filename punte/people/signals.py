"""What other rooms may wait for."""

from django.dispatch import Signal

# Sent with `person`, `households`, where they lived until then, and `by`, within the verb by which a death is recorded
# or taken back: what rooms above count or remind of follows.
death_changed = Signal()

# Sent with `household` and `by` where a sealed person came to it or left it: who works with them gets sight of it.
sealed_person_moved = Signal()

# Sent with `household` within the verb by which somebody asks for a record in an emergency: rooms above tell who
# answers for the household. It is sent for nobody's household too (None), and receivers then ask the same questions:
# how long an answer takes tells nothing.
emergency_asked = Signal()

# Sent with `kept`, `joined` and `by` before two files of one person are joined: a room above refuses by a DomainError.
joining_files = Signal()

# Sent with `kept`, `joined` and `by` once what hung on one file hangs on the other, and once it was taken back.
files_joined = Signal()
files_parted = Signal()

# Sent with `consent` and `by` within the verb by which a consent is taken back: what rests on it alone ends.
consent_withdrawn = Signal()
