"""Groups of members whose agents live in memory."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.fakes.films import a_film
from tests.fakes.links import FakeAgent
from trainer_app.headsets.agent.access import AgentAccess
from trainer_app.headsets.agent.group import Group
from trainer_app.headsets.agent.identity import Identity
from trainer_app.headsets.agent.member import Member

FILM = a_film(title="Innkomst")
MakeGroup = Callable[..., Awaitable[Group]]


def identity(number: int) -> Identity:
    return Identity(serial=f"S{number}", number=number, lang="nb", colour="#000000", ink="#ffffff")


async def joined(agent: FakeAgent, number: int, *stop_links: FakeAgent) -> Member:
    """Join; ``stop_links`` are the connections that *Stopp alt* gets, one after the other."""
    member, links = Member(identity(number), FILM.title), [agent, *reversed(stop_links)]

    async def stop_link() -> FakeAgent:
        return links.pop() if len(links) > 1 else agent

    try:
        await member.connect(agent, stop_link, AgentAccess(token="t", build="b", pid=1), "Anna")
    except BaseException:
        await member.close()
        raise
    return member
