"""The office's part about screens: their one-use keys, listing, naming, revoking."""

from __future__ import annotations

from queue_server.office.answer import Answer
from queue_server.office.branches import Branches
from queue_server.office.questions import Devices, MakeDeviceKey, NameDevice, RevokeDevice
from queue_server.office.shown import device_shown
from queue_server.people import Token
from queue_server.people.access import Access
from queue_server.people.devices import KINDS, devices, make_key, rename, revoke
from queue_server.people.no import No
from queue_server.people.owner import OWNER


async def answer(
    access: Access,
    branches: Branches,
    address: str,
    question: MakeDeviceKey | Devices | NameDevice | RevokeDevice,
) -> Answer | No:
    """As `Office.answer`."""
    match question:
        case MakeDeviceKey():
            return await _make_key(access, branches, address, question)
        case Devices():
            return {"devices": [device_shown(each) for each in await devices(access)]}
        case NameDevice(device=device, label=label, place=place):
            return _done(await rename(access, OWNER, None, device, label, place))
        case RevokeDevice(device=device):
            return _done(await revoke(access, OWNER, None, device))


async def _make_key(
    access: Access, branches: Branches, address: str, asked: MakeDeviceKey
) -> Answer | No:
    missing = branches.missing(asked.role, asked.branch)
    if missing is not None:
        return missing
    made = await make_key(access, OWNER, asked.role, asked.branch, asked.label)
    if isinstance(made, No):
        return made
    secret, key = made
    link = f"{address}/{KINDS[key.role]}/{key.branch}?key={secret}"
    return {"link": link, "expires": key.expires_at}


def _done(device: Token | No) -> Answer | No:
    if isinstance(device, No):
        return device
    return {"branch": device.branch, "label": device.label}
