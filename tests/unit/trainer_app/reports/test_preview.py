"""The preview shows the very pages that are saved."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from trainer_app.reports.preview import page_picture


def _two_pages() -> bytes:
    """An empty page upright, then one across with a black left half."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.showPage()
    canvas.setPageSize(landscape(A4))
    canvas.rect(0, 0, A4[1] / 2, A4[0], stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_a_page_is_as_wide_as_asked_for() -> None:
    page = page_picture(_two_pages(), 0, width=500)
    assert (page.number, page.count, page.width) == (1, 2, 500)
    assert abs(page.height - 707) <= 1
    assert page.pixels == b"\xff" * (3 * page.width * page.height)


def test_pages_have_their_own_shape_and_ink() -> None:
    page = page_picture(_two_pages(), 1, dpi=72)
    assert (page.width, page.height) == (842, 596)
    row = page.pixels[3 * page.width * 300 :][: 3 * page.width]
    assert row[: 3 * 400] == b"\x00" * 1200
    assert row[-3 * 400 :] == b"\xff" * 1200


def test_behind_the_last_page_is_the_last_page() -> None:
    assert page_picture(_two_pages(), 9, width=100).number == 2
