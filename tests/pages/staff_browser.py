"""Somebody of the staff at a browser without JavaScript: opens pages, presses buttons, follows."""

from __future__ import annotations

import httpx

from tests.pages.reading import Button, Page
from tests.web.harness import World, fresh_code


class Staff:
    """One browser. `page` is what it shows, `status` how that was answered, `at` its address."""

    def __init__(self, world: World) -> None:
        transport = httpx.ASGITransport(world.app, client=("10.0.0.9", 999))
        self.client = httpx.AsyncClient(
            transport=transport, base_url="http://test", follow_redirects=True
        )
        self.page = Page("")
        self.status = 0
        self.at = ""

    async def open(self, path: str) -> Staff:
        return self._took(await self.client.get(path))

    async def post(self, path: str, fields: dict[str, str]) -> Staff:
        headers = {"Origin": "http://test"}
        return self._took(await self.client.post(path, data=fields, headers=headers))

    async def press(self, text: str, /, **more: str) -> Staff:
        """Presses the button that says this, with what else its form was filled with."""
        button: Button = self.page.button(text)
        assert not button.disabled, f"{text} sleeps"
        return await self.post(button.action, {**button.fields, **more})

    async def sign_in(self, world: World, name: str) -> Staff:
        known = world.credentials[name]
        await self.open("/sign-in")
        fields = {"username": known["username"], "password": known["password"], "next": ""}
        await self.post("/sign-in", fields)
        return await self.post("/sign-in/second", {"code": await fresh_code(world, name)})

    def _took(self, response: httpx.Response) -> Staff:
        self.page = Page(response.text)
        self.status = response.status_code
        self.at = str(response.url.raw_path, "ascii")
        return self


async def signed_in(world: World, name: str) -> Staff:
    """A browser in which this person of the demo is signed in."""
    return await Staff(world).sign_in(world, name)
