"""The tests mirror `punte/`; `make test` samples the large proofs, `make test-all` (PUNTE_WHOLE) plays them whole."""

import os

WHOLE = bool(os.environ.get("PUNTE_WHOLE"))
