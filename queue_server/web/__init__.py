"""The site: pages, API and sockets, who may use them, one way from a request to a command."""
