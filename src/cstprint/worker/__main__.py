"""``python -m cstprint.worker FD``: the server's process; ``FD`` is its end of the socket to the client."""

import os
import sys
from multiprocessing.connection import Connection

from cstprint.worker.server import Server

with Connection(int(sys.argv[1])) as client:
    os.set_inheritable(client.fileno(), False)  # no child may keep it open
    Server(client).serve()
