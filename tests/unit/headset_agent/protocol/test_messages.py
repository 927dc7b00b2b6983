"""The messages on the wire, against golden vectors (tests/vectors/messages.json) that a page can read too.

A change here is a change of the protocol: raise PROTOCOL_VERSION when an older peer would misread it.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.protocol import messages as m
from headset_agent.protocol import page_messages, playing
from tests.fakes.messages import CONVERSATIONS
from trainer_app.domain.wearer_text import MOST_CHARACTERS

VECTORS: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[3] / "vectors" / "messages.json").read_text(encoding="utf-8")
)
UNIONS: dict[str, Any] = {
    "agent_to_page": page_messages.AgentToPage,
    "page_to_agent": page_messages.PageToAgent,
    "laptop_to_agent": m.Request | m.Hello,
    "agent_to_laptop": m.FromAgent,
}
PAIRS = [
    pytest.param(name, message, vector, id=f"{name}-{vector['type']}")
    for name, messages in CONVERSATIONS.items()
    for message, vector in zip(messages, VECTORS[name], strict=True)
]


@pytest.mark.parametrize(("conversation", "message", "vector"), PAIRS)
def test_message_is_written_as_agreed(
    conversation: str, message: msgspec.Struct, vector: dict[str, Any]
) -> None:
    written = m.encode(message)
    assert json.loads(written) == vector
    assert b"\n" not in written, "a message is one line"


@pytest.mark.parametrize(("conversation", "message", "vector"), PAIRS)
def test_agreed_message_is_read(conversation: str, message: msgspec.Struct, vector: dict[str, Any]) -> None:
    read = msgspec.json.decode(json.dumps(vector).encode(), type=UNIONS[conversation])
    assert read == message


@pytest.mark.parametrize("conversation", UNIONS)
def test_every_kind_of_message_has_its_vector(conversation: str) -> None:
    kinds = {type(message) for message in CONVERSATIONS[conversation]}
    assert kinds == set(get_args(UNIONS[conversation]))


@pytest.mark.parametrize(("conversation", "message", "vector"), PAIRS)
def test_vector_sets_every_field_to_something_else_than_its_default(
    conversation: str, message: msgspec.Struct, vector: dict[str, Any]
) -> None:
    """Else a field that got lost on the way would not be missed."""
    for field in msgspec.structs.fields(type(message)):
        assert getattr(message, field.name) != field.default


@pytest.mark.parametrize(("conversation", "message", "vector"), PAIRS)
def test_unknown_field_is_ignored(conversation: str, message: msgspec.Struct, vector: dict[str, Any]) -> None:
    more = json.dumps(vector | {"new_in_2027": 1}).encode()
    assert msgspec.json.decode(more, type=UNIONS[conversation]) == message


@pytest.mark.parametrize("conversation", UNIONS)
def test_unknown_kind_is_an_error(conversation: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"type":"new_in_2027"}', type=UNIONS[conversation])


@pytest.mark.parametrize(("length", "passes"), [(0, False), (1, True), (120, True), (121, False)])
def test_words_for_a_wearer_are_no_longer_than_they_can_be_read(length: int, passes: bool) -> None:
    assert playing.MOST_CHARACTERS == MOST_CHARACTERS
    line = json.dumps({"type": "show_text", "id": 1, "text": "å" * length, "seconds": 8.0}).encode()
    with contextlib.nullcontext() if passes else pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(line, type=UNIONS["laptop_to_agent"])


@given(junk=st.binary(max_size=60))
def test_junk_is_one_kind_of_error(junk: bytes) -> None:
    for union in UNIONS.values():
        with pytest.raises(msgspec.DecodeError):
            msgspec.json.decode(junk, type=union)
