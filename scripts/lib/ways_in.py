"""The pictures of how people and screens come in: second factor, people, pairing, trail, poster.

Plays a supervisor of the demo in a real browser. `scripts/picture` owns the demo and the files;
this knows neither ports nor folders but those it is given.
"""

import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import Page

PIXELS_OF_POSTER = 900
FRAME = """<!doctype html><meta charset="utf-8"><style>
  body {{ display: inline-flex; align-items: center; gap: 32px; margin: 0; padding: 32px;
         background: #e9e6df; }}
  img {{ display: block; width: 760px; border: solid 10px #16191f; border-radius: 14px; }}
</style><img src="{screen}"><img src="{supervisor}">
"""


def invite(supervisor: Page, address: str, branch: str) -> str:
    """A new officer, invited on the supervisor's page, which still shows the link: the link."""
    supervisor.goto(f"{address}/people/{branch}")
    supervisor.fill("form[action$='do/invite'] [name=name]", "Agus Wijaya")
    supervisor.select_option("form[action$='do/invite'] [name=role]", "officer")
    supervisor.click("form[action$='do/invite'] button")
    return supervisor.locator("input[value*='/invite/']").input_value()


def begin_account(phone: Page, link: str) -> None:
    """Up to the question for a second factor."""
    phone.goto(link)
    phone.fill("[name=name]", "Agus Wijaya")
    phone.fill("[name=username]", "agus")
    phone.fill("[name=password]", "hujan di kebun teh")
    phone.click("main button[type=submit]")
    phone.wait_for_url("**/account/second-factor")


def look_at_screen(screen: Page, supervisor: Page, address: str, branch: str) -> None:
    """A lobby screen shows its code, and the supervisor looks at what asks."""
    screen.goto(f"{address}/board/{branch}")
    code = screen.locator("#code").inner_text()
    supervisor.goto(f"{address}/devices/{branch}")
    supervisor.fill("main [name=code]", code)
    supervisor.press("main [name=code]", "Enter")
    supervisor.wait_for_selector("main [name=label]")
    supervisor.fill("main [name=place]", "Lobi")


def poster(supervisor: Page, address: str, branch: str, to: Path) -> bool:
    """The poster as one would see it on paper; False where nothing here draws a PDF."""
    draws = shutil.which("pdftoppm")
    if draws is None:
        return False
    answer = supervisor.context.request.get(f"{address}/supervisor/{branch}/poster")
    command = [draws, "-png", "-singlefile", "-scale-to", str(PIXELS_OF_POSTER), "-"]
    subprocess.run([*command, to.with_suffix("")], input=answer.body(), check=True)
    return True
