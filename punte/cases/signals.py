"""What other rooms may wait for."""

from django.dispatch import Signal

# Sent with `case` within `unseal_case`; what a room above allowed for the sake of the seal ends with it.
case_unsealed = Signal()
