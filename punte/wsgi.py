import gc
import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")
application = get_wsgi_application()

# With other keys than those of the database no worker starts; a database that is away or broken is told by /healthz.
with suppress(DatabaseError):
    connection.ensure_connection()
connection.close()

# What is there from the beginning stays, and is not looked at again and again for what could be let go.
gc.collect()
gc.freeze()
