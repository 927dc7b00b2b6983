"""The page's types of what it is told and tells, against the messages themselves: ``web/messages.js``."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

import headset_agent
from headset_agent.protocol.page_messages import AgentToPage, PageToAgent
from headset_agent.protocol.playing import FilmRef

SOURCE = Path(headset_agent.__file__).parent / "web" / "messages.js"
PLAIN = {bool: "boolean", int: "number", float: "number", str: "string", type(None): "null", FilmRef: "Film"}


def _as_page_says(annotation: Any) -> str:
    """The type as JSDoc has it."""
    arguments = get_args(annotation)
    if isinstance(annotation, UnionType):
        return " | ".join(map(_as_page_says, arguments))
    if get_origin(annotation) is tuple:
        return f"{_as_page_says(arguments[0])}[]"
    if get_origin(annotation) is dict:
        return f"Record<{', '.join(map(_as_page_says, arguments))}>"
    return "string" if issubclass(annotation, Enum) else PLAIN[annotation]


def _fields(struct: type[msgspec.Struct]) -> dict[str, str]:
    return {name: _as_page_says(get_type_hints(struct)[name]) for name in struct.__struct_fields__}


def _said() -> dict[str, dict[str, str]]:
    """What the page's module says of each message, by its tag."""
    said = {}
    for block in SOURCE.read_text("utf-8").split("@typedef {object} ")[1:]:
        fields = {name: kind for kind, name in re.findall(r"@property \{(.+?)\} (\w+)", block)}
        said[fields.pop("type", "film").strip("'")] = fields
    return said


def test_the_page_has_every_field_of_every_message_and_no_other() -> None:
    meant = {each.__struct_config__.tag: _fields(each) for each in get_args(AgentToPage | PageToAgent)}
    assert _said() == {**meant, "film": _fields(FilmRef)}
