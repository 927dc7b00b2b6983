"""Pictures of a report's pages, made from the very bytes that are saved and printed (PDFium)."""

from __future__ import annotations

from contextlib import closing

import pypdfium2

from trainer_app.domain.printing import PagePicture

_POINTS_PER_INCH = 72


def page_picture(pdf: bytes, at: int, *, width: int | None = None, dpi: float = 96) -> PagePicture:
    """Draw one page.

    Args:
        pdf: The whole file.
        at: Which page, from 0; behind the last one: the last.
        width: In pixels; None: as large as at ``dpi``.
        dpi: Pixels an inch of paper, where no width is given.
    """
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        count = len(document)
        number = min(max(at, 0), count - 1)
        page = document[number]
        scale = dpi / _POINTS_PER_INCH if width is None else width / page.get_width()
        image = page.render(scale=scale).to_pil().convert("RGB")
    return PagePicture(
        number=number + 1, count=count, width=image.width, height=image.height, pixels=image.tobytes()
    )
