"""What the screens ask of the suitcase that is connected right now; ``LiveKit`` does it, on the loop."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from trainer_app.domain.films import Film, Sha256
from trainer_app.domain.kits import Headset, KitId
from trainer_app.domain.live_kit import KitNow
from trainer_app.domain.playback import Receipt
from trainer_app.domain.playback_records import PlaybackRecord
from trainer_app.domain.wearer_text import Delivery
from trainer_app.services.live.arming import ArmedKit
from trainer_app.services.live.clearing import ClearedKit
from trainer_app.services.live.playback import Playback
from trainer_app.services.ports.film_course import FilmCourse


class LiveControl(Protocol):
    """All coroutines run on the loop. What goes wrong with a headset stands in ``now`` and raises nothing."""

    @property
    def now(self) -> KitNow:
        """The suitcase at this moment; any thread may read it."""

    async def open(self, kit_id: KitId, headsets: Sequence[Headset], *, target_count: int) -> None:
        """Begin to look after a suitcase: connect, connect again, ask each headset about itself."""

    async def lay_anew(self, kit_id: KitId, headsets: Sequence[Headset], *, target_count: int) -> None:
        """Let the places of this suitcase follow what is stored of it now; nothing where another is open."""

    async def add_address(self, address: str) -> None:
        """Look for a headset at ``host:port`` as well."""

    async def change_address(self, number: int, address: str) -> None:
        """Look for a headset that is not connected at another ``host:port``.

        Raises:
            AddressMalformed: this is no address.
            AddressAnswers: a headset is connected there, or this one is connected already.
        """

    async def arm(self) -> ArmedKit:
        """Let all headsets that are on a cable answer without it as well; see ``LiveKit.arm``."""

    async def remove_films(self, wanted: Mapping[int, Collection[Sha256]]) -> ClearedKit:
        """Remove films from headsets, by number; one that shows a film keeps its own."""

    async def release(self) -> None:
        """Let go of all headsets."""

    async def choose_film(self, film: Film | None) -> None:
        """Say which film the session shows."""

    async def get_ready(self, *, minutes: int) -> None:
        """Bring the film to all headsets that miss it, also to those that come later.

        ``minutes``: for so long the session is booked; a battery has to last that long.
        """

    async def stay_awake(self) -> None:
        """A session is made ready or held: its headsets are kept awake."""

    async def session_left(self) -> None:
        """The session that was made ready is left; where nobody comes back its headsets may sleep."""

    async def session_over(self) -> None:
        """The session is over: the headsets, kept awake since they were made ready, may sleep."""

    async def retry(self, number: int) -> None:
        """Try again at once with one headset."""

    async def set_aside(self, number: int, aside: bool) -> None:
        """Go on without a headset, or with it again."""

    async def open_players(self) -> None:
        """Bring the player pages up, so that the start does not have to wait for them."""

    async def start_film(self, *, from_s: float = 0.0) -> None:
        """Start the film at one instant in all headsets that are ready."""

    async def pause(self) -> None:
        """Pause all at the same picture."""

    async def resume(self) -> None:
        """Go on together."""

    async def set_stops(self, stops_s: Collection[float]) -> None:
        """Let the film stand still by itself at these places, seconds of film, and at no others."""

    async def recognise(self, record: PlaybackRecord) -> None:
        """Take this film over where a former run has left it in headsets; see ``LiveKit.recognise``."""

    async def stop_all(self) -> None:
        """Silent and dark, all of them, at once."""

    async def skip_to(self, position_s: float) -> None:
        """Go on from another place of the film."""

    async def identify(self) -> None:
        """Every headset shows its number and sounds a tone."""

    async def show_text(self, text: str, numbers: Collection[int] | None = None) -> Delivery:
        """Show words to the wearers, or to those with these numbers, for as long as it takes to read them."""

    async def recentre(self) -> None:
        """Let the film's centre be where each wearer looks now."""

    async def set_volume(self, percent: int) -> None:
        """Make all films louder or quieter; 0 to 100."""

    def playback(self) -> Playback | None:
        """The last start of the film, or the one that goes on; what a session stores of it."""

    def film_course(self) -> FilmCourse | None:
        """Where the film is at any instant, while it is about to start, on, or paused; any thread may ask."""

    def receipt(self) -> Receipt | None:
        """How well the last film was kept together, or None before the first."""
