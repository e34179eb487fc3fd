"""What other rooms may wait for."""

from django.dispatch import Signal

# Sent with `folder` after `punte reference load`; rooms above load their own files then, and may answer with a line
# for the report.
reference_loaded = Signal()
