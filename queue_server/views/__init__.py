"""What each audience may see of a day: pure functions from a day to one whole small value.

A newer view replaces an older one. Nothing here reads a clock, a file or a name of a person.
"""

from queue_server.look.words import DEFAULT_LANGUAGE
from queue_server.views.board import board
from queue_server.views.branch import branch
from queue_server.views.desk import desk
from queue_server.views.found import tickets
from queue_server.views.guard import guard
from queue_server.views.kiosk import kiosk
from queue_server.views.plan import plan
from queue_server.views.scene import Scene
from queue_server.views.ticket import ticket

__all__ = [
    "DEFAULT_LANGUAGE",
    "Scene",
    "board",
    "branch",
    "desk",
    "guard",
    "kiosk",
    "plan",
    "ticket",
    "tickets",
]
