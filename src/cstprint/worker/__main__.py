"""``python -m cstprint.worker FD``: the server's process; ``FD`` is its end of the socket to the client."""

import sys
from multiprocessing.connection import Connection

from cstprint.worker.server import serve

with Connection(int(sys.argv[1])) as client:
    serve(client)
