"""The office's part about accounts: inviting, the way back in, listing, disabling, enabling."""

from __future__ import annotations

from queue_server.office.answer import Answer
from queue_server.office.branches import Branches
from queue_server.office.questions import Enable, Invite, LetBack, ListAccounts
from queue_server.office.shown import account_shown
from queue_server.people import DEVICE_ROLES, Account
from queue_server.people.access import Access
from queue_server.people.disabling import disable, enable
from queue_server.people.inviting import Issued, invite, way_back
from queue_server.people.no import No
from queue_server.people.owner import OWNER


async def answer(
    access: Access,
    branches: Branches,
    address: str,
    question: Invite | LetBack | ListAccounts | Enable,
) -> Answer | No:
    """As `Office.answer`."""
    match question:
        case Invite():
            return _link(address, await _invite(access, branches, question))
        case LetBack(username=username):
            return _link(address, await _let_back(access, username))
        case ListAccounts():
            everybody = await access.people.accounts()
            return {"accounts": [await _shown(access, one) for one in everybody]}
        case Enable(username=username, on=on):
            return await _enable(access, username, on)


async def _invite(access: Access, branches: Branches, asked: Invite) -> Issued | No:
    if asked.role in DEVICE_ROLES:
        return No("no_person", {"role": asked.role.value})
    missing = branches.missing(asked.role, asked.branch)
    if missing is not None:
        return missing
    return await invite(access, OWNER, asked.role.value, asked.branch, asked.name)


async def _let_back(access: Access, username: str) -> Issued | No:
    account = await _named(access, username)
    return account if isinstance(account, No) else await way_back(access, OWNER, account.id)


async def _enable(access: Access, username: str, on: bool) -> Answer | No:
    account = await _named(access, username)
    if isinstance(account, Account):
        account = await (enable if on else disable)(access, OWNER, account.id)
    return account if isinstance(account, No) else await _shown(access, account)


async def _named(access: Access, username: str) -> Account | No:
    account = await access.people.account_named(username)
    return account or No("unknown_account", {"username": username})


async def _shown(access: Access, account: Account) -> Answer:
    return account_shown(account, await access.people.factors(account.id))


def _link(address: str, issued: Issued | No) -> Answer | No:
    if isinstance(issued, No):
        return issued
    link = f"{address}/invite/{issued.token}"
    return {"link": link, "expires": issued.invitation.expires_at}
