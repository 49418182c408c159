"""`lapak device`: boards, kiosks and tablets, as whoever runs the server sees them.

A branch pairs its own screens by a code, on the supervisor's page; these commands are for whoever
has no page to press on.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from queue_server.manage.cli import Data, in_sentences, new_app, say
from queue_server.manage.cli_people import ask, table, when
from queue_server.people import Role


class DeviceKind(StrEnum):
    BOARD = "board"
    KIOSK = "kiosk"


devices = new_app("Lobby boards, kiosks and guards' tablets.")

Device = Annotated[str, typer.Argument(help="Its id, from lapak device list.")]


@devices.command("list")
@in_sentences
def list_devices(data: Data = None) -> None:
    """List all paired devices of all branches.

    Example: lapak device list
    """
    from queue_server.office.questions import Devices

    found = ask(data, Devices())["devices"]
    for each in found:
        each["paired"] = when(each["paired"])
        each["seen"] = when(each["seen"]) if each["seen"] else "never"
    table(("id", "kind", "branch", "name", "place", "paired", "seen"), found, "None yet.")


@devices.command("rename")
@in_sentences
def rename_device(
    device: Device,
    name: Annotated[str, typer.Argument(help="What it is called from now on.")],
    place: Annotated[str | None, typer.Option(help="Where it stands.")] = None,
    data: Data = None,
) -> None:
    """Give a device another name, and a place if you like.

    Example: lapak device rename 3f9a0c1d2e4b5a67 "TV lobi" --place "dekat pintu"
    """
    from queue_server.office.questions import NameDevice

    ask(data, NameDevice(device, name, place))
    say(f"It is called {name} now.")


@devices.command("revoke")
@in_sentences
def revoke_device(device: Device, data: Data = None) -> None:
    """End a device: its screen goes dark within seconds.

    Example: lapak device revoke 3f9a0c1d2e4b5a67
    """
    from queue_server.office.questions import RevokeDevice

    answer = ask(data, RevokeDevice(device))
    say(f"{answer['label']} is revoked. To use that screen again, pair it anew.")


@devices.command("key")
@in_sentences
def device_key(
    kind: Annotated[DeviceKind, typer.Option(help="What the screen shows.")],
    branch: Annotated[str, typer.Option(help="Its branch.")],
    label: Annotated[str, typer.Option(help="Its name in the list.")] = "",
    data: Data = None,
) -> None:
    """Print a one-use address for a screen, instead of pairing it by its code.

    The browser that opens it first becomes a board or kiosk of the branch.

    Example: lapak device key --kind board --branch bontang
    """
    from queue_server.office.questions import MakeDeviceKey

    role = Role.DISPLAY if kind is DeviceKind.BOARD else Role.KIOSK
    answer = ask(data, MakeDeviceKey(role, branch, label))
    say(answer["link"])
    say(f"Opens once, until {when(answer['expires'])}; the browser then stays a {kind.value}.")
