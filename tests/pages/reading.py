"""Reads a page as a person does: its buttons, where they lead, and its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "link", "meta", "br", "hr", "use", "path", "rect"}
UNSEEN = {"script", "style", "title", "kbd"}


@dataclass
class Button:
    """One button, or the summary of a card."""

    text: str = ""
    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    key: str = ""
    disabled: bool = False


@dataclass
class Link:
    text: str = ""
    href: str = ""


class Page(HTMLParser):
    """A parsed page. `inline` counts what a strict content policy would block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.buttons: list[Button] = []
        self.links: list[Link] = []
        self.text = ""
        self.ids: list[str] = []
        self.inline: list[str] = []
        self._form: Button | None = None
        self._open: list[Button | Link] = []
        self._stack: list[str] = []
        self.feed(html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._stack.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "form":
            self._form = Button(action=given.get("action", ""))
        elif tag == "input" and self._form is not None and given.get("type") == "hidden":
            self._form.fields[given["name"]] = given.get("value", "")
        elif tag in ("button", "summary"):
            self._begin_button(tag, given)
        elif tag == "a":
            link = Link(href=given.get("href", ""))
            self.links.append(link)
            self._open.append(link)

    def _begin_button(self, tag: str, given: dict[str, str]) -> None:
        form = self._form if tag == "button" and self._form else Button()
        fields = dict(form.fields)
        if "name" in given:
            fields[given["name"]] = given.get("value", "")
        button = Button("", form.action, fields, given.get("data-key", ""), "disabled" in given)
        self.buttons.append(button)
        self._open.append(button)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self._stack:
            self._stack.pop()
        if tag == "form":
            self._form = None
        elif tag in ("button", "summary", "a") and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if UNSEEN & set(self._stack):
            return
        self.text += data + (" " if not data.isspace() else "")
        for one in self._open:
            one.text = f"{one.text} {' '.join(data.split())}".strip()

    def button(self, text: str) -> Button:
        """The one button that says this, or begins so. Fails unless it is exactly one."""
        exact = [one for one in self.buttons if one.text == text]
        found = exact or [one for one in self.buttons if one.text.startswith(text)]
        assert len(found) == 1, f"{len(found)} buttons {text!r} of {[b.text for b in self.buttons]}"
        return found[0]

    def has_button(self, text: str) -> bool:
        return any(one.text.startswith(text) for one in self.buttons)

    def link(self, text: str) -> Link:
        found = [one for one in self.links if one.text.startswith(text)]
        assert len(found) == 1, f"{len(found)} links {text!r}"
        return found[0]
