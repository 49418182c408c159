"""The rules of calling. Standard library only: no I/O, no clock, no async, no logging."""
