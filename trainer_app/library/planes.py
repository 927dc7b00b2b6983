"""Pictures as a video encoder wants them (yuv420p, BT.709, limited range), composed by Pillow."""

from __future__ import annotations

from dataclasses import dataclass

import av
from PIL import Image
from PIL.Image import Image as Picture

# Rows: luma and the two colour differences from 8-bit R, G, B; then the offset.
_BT709 = (
    (0.2126 * 219 / 255, 0.7152 * 219 / 255, 0.0722 * 219 / 255, 16),
    (-0.114572 * 224 / 255, -0.385428 * 224 / 255, 0.5 * 224 / 255, 128),
    (0.5 * 224 / 255, -0.454153 * 224 / 255, -0.045847 * 224 / 255, 128),
)


@dataclass(frozen=True, slots=True)
class Planes:
    """Luma, and both colour differences at half size. Width and height are even."""

    y: Picture
    u: Picture
    v: Picture

    @classmethod
    def of(cls, picture: Picture) -> Planes:
        """Convert an RGB picture of even size."""
        y, u, v = (picture.convert("L", row) for row in _BT709)
        return cls(y, u.reduce(2), v.reduce(2))

    def copy(self) -> Planes:
        """Return a copy that can be pasted into."""
        return Planes(self.y.copy(), self.u.copy(), self.v.copy())

    def blend(self, other: Planes, share: float) -> Planes:
        """Return the mixture that holds so much (0 to 1) of ``other``."""
        return Planes(
            Image.blend(self.y, other.y, share),
            Image.blend(self.u, other.u, share),
            Image.blend(self.v, other.v, share),
        )

    def paste(self, tile: Planes, left: int, top: int) -> None:
        """Put a tile at even coordinates; what leaves the picture at one side comes in at the other."""
        width = self.y.width
        left %= width
        for x in (left, left - width):
            if x + tile.y.width > 0:
                self.y.paste(tile.y, (x, top))
                self.u.paste(tile.u, (x // 2, top // 2))
                self.v.paste(tile.v, (x // 2, top // 2))

    def to_frame(self) -> av.VideoFrame:
        """Return a frame for the encoder."""
        frame = av.VideoFrame(self.y.width, self.y.height, "yuv420p")
        for plane, picture in zip(frame.planes, (self.y, self.u, self.v), strict=True):
            # The encoder's lines may be longer than the picture's, for alignment.
            line = picture.crop((0, 0, plane.line_size, plane.height))
            plane.update(line.tobytes())
        return frame
