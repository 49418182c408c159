"""uvicorn as this server needs it, and what is true of every connection whatever is asked over it.

HTTP and its limits, the socket line, security headers, networks, counting, logs. Must not know what
is served: of the project it imports `settings` alone.
"""
