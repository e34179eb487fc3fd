"""What other rooms may wait for."""

from django.dispatch import Signal

# Sent with `case` within `unseal_case`; what a room above allowed for the sake of the seal ends with it.
case_unsealed = Signal()

# Sent with `cases`, two of them, before they are tied to each other: a room above refuses by a DomainError where one
# may not be found by the other.
tying_cases = Signal()

# Sent with `case`, `former` (a user, or None) and `later` once another worker answers for a case: what the former was
# to do in it follows, as visits do.
worker_followed = Signal()

# Sent with `cases`, the keys of cases whose words are erased because their time is over: what rooms above wrote of
# them goes with them.
cases_erased = Signal()
