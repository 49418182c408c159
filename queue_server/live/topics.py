"""What can be looked at: six topics, each of which knows its view and how it is told.

A topic is a plain value: whoever names the same thing hears the same. Must not know who listens.
"""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Final, Generic, TypeVar

from queue_server import views, wire
from queue_server.views import DEFAULT_LANGUAGE, Scene

V_co = TypeVar("V_co", bound=wire.View, covariant=True)


@dataclass(frozen=True, slots=True)
class Topic(ABC, Generic[V_co]):
    """Something of a branch that has a view."""

    name: ClassVar[str]
    """What its listeners are counted under."""
    carries_code: ClassVar[bool] = False
    """Does its view carry the hall's code?"""

    branch: str

    @abstractmethod
    def see(self, scene: Scene) -> V_co:
        """Its view at a moment. Raises `KeyError` where there is no such thing."""

    @property
    def date(self) -> datetime.date | None:
        """The day it belongs to; None: to the branch's newest, whichever that is."""
        return None


@dataclass(frozen=True, slots=True)
class BoardTopic(Topic[wire.BoardView]):
    """The lobby screen, in its language."""

    name = "board"
    carries_code = True

    language: str = DEFAULT_LANGUAGE

    def see(self, scene: Scene) -> wire.BoardView:
        return views.board(scene, self.language)


@dataclass(frozen=True, slots=True)
class GuardTopic(Topic[wire.GuardView]):
    """All of the floor, for those who look after it."""

    name = "guard"
    carries_code = True

    def see(self, scene: Scene) -> wire.GuardView:
        return views.guard(scene)


@dataclass(frozen=True, slots=True)
class KioskTopic(Topic[wire.KioskView]):
    """The kiosk at the door."""

    name = "kiosk"
    carries_code = True

    def see(self, scene: Scene) -> wire.KioskView:
        return views.kiosk(scene)


@dataclass(frozen=True, slots=True)
class BranchTopic(Topic[wire.BranchView]):
    """What anybody may know of a branch."""

    name = "branch"

    def see(self, scene: Scene) -> wire.BranchView:
        return views.branch(scene)


@dataclass(frozen=True, slots=True)
class DeskTopic(Topic[wire.DeskView]):
    """One counter, for its officer."""

    name = "counter"

    counter: str

    def see(self, scene: Scene) -> wire.DeskView:
        return views.desk(scene, self.counter)


@dataclass(frozen=True, slots=True)
class TicketTopic(Topic[wire.TicketView]):
    """One number of a day, for its holder, in their language."""

    name = "ticket"

    on: datetime.date
    number: str
    language: str = DEFAULT_LANGUAGE

    @property
    def date(self) -> datetime.date:
        return self.on

    def see(self, scene: Scene) -> wire.TicketView:
        return views.ticket(scene, self.number, self.language)


TOLD_IN_ORDER: Final[tuple[type[Topic[wire.View]], ...]] = (
    BoardTopic,
    DeskTopic,
    GuardTopic,
    KioskTopic,
    BranchTopic,
    TicketTopic,
)
"""Who is told first: those whom a call concerns at once and who are few."""
