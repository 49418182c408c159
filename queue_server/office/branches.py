"""The office's part about branches: their plans, changing one, the key of the hall's codes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from queue_server.domain.plan import BranchPlan
from queue_server.domain.refusals import Refusal
from queue_server.live.days import PlanCodec
from queue_server.office.answer import Answer
from queue_server.people import JOIN_KEYS_KEPT, JoinKey, Role
from queue_server.people.access import Access
from queue_server.people.looking_after import OF_ALL
from queue_server.people.no import No
from queue_server.people.owner import OWNER


@dataclass(frozen=True, slots=True)
class Branches:
    """The branches of a folder, wherever their days live."""

    plans: Callable[[], Mapping[str, BranchPlan]]
    configure: Callable[[BranchPlan], Awaitable[Refusal | None]]
    """Makes a plan count at once."""
    codec: PlanCodec
    turned: Callable[[Sequence[JoinKey]], None] = lambda _: None
    """Told of the hall's keys, newest first, when there is a new one."""
    push_turned: Callable[[bytes], Awaitable[None]] | None = None
    """Told of the new key for pushing."""

    def shown(self) -> Answer:
        """Every branch's present plan, as the stores keep it."""
        return {name: self.codec.encode(plan).decode() for name, plan in self.plans().items()}

    async def change(self, access: Access, encoded: str) -> Answer | No:
        """Replaces a plan, or adds a branch; a no is the day's refusal."""
        plan = self.codec.decode(encoded.encode())
        refusal = await self.configure(plan)
        if refusal is not None:
            return No(str(refusal.code), refusal.fields)
        await access.trail(OWNER, "configured", branch=plan.branch)
        return {"branch": plan.branch}

    async def turn_key(self, access: Access) -> Answer:
        """The hall's codes are made with a new key from now on."""
        key = await access.people.new_join_key(access.now(), JOIN_KEYS_KEPT)
        self.turned(await access.people.join_keys())
        await access.trail(OWNER, "key_rotated", about=str(key.id))
        return {"key": key.id}

    async def turn_push_key(self, access: Access) -> Answer:
        """Phones are pushed to with a new key from now on; who was subscribed is asked anew."""
        secret = await access.people.turn_push_key()
        if self.push_turned is not None:
            await self.push_turned(secret)
        await access.trail(OWNER, "push_key_rotated")
        return {}

    def missing(self, role: Role, branch: str | None) -> No | None:
        """`branch_needed` for a role of a branch, `unknown_branch` for one there is not."""
        if branch is None:
            return None if role in OF_ALL else No("branch_needed", {"role": role.value})
        if branch in self.plans():
            return None
        return No("unknown_branch", {"branch": branch, "known": sorted(self.plans())})

    def has_counter(self, branch: str | None, counter: str | None) -> bool:
        """Does the branch have this counter? None is none in particular."""
        plan = self.plans().get(branch or "")
        return counter is None or (plan is not None and counter in plan.counters)
