"""Plays a day through the public HTTP API and real WebSockets: a client, it knows only `wire`."""
