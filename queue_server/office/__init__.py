"""What the machine's owner asks: a small application over people and days, on a Unix socket.

Whoever may open the socket owns the server; there is nothing further to check. Must not know
terminals: a no leaves here as a code, and the command line says it.
"""
