"""Renders in processes of their own: what a stranger sends costs that one render, and nothing else.

::

    command ──job──▶ server ──fork──▶ child ──stages, result──▶ server ──▶ command
    client.py        server.py        child.py

The server is started afresh, so that it has no threads and no files but its socket; where several issues are to be
rendered, it imports and warms up what they all need once. Each render is a child forked from it, with limits.
"""
