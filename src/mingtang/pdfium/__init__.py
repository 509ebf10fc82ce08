"""PDFium, asked with care: opened, tried apart where heavy, asked about single things.

What is read of a page, and how, is each verb's own; how a PDF of others is opened
without harm is the same for all of them, and stands here.
"""

from __future__ import annotations

from mingtang.pdfium.opening import PdfError, opened, page_of
from mingtang.pdfium.picturing import pictured
from mingtang.pdfium.trying import tried
from mingtang.pdfium.weighing import light

__all__ = ["PdfError", "light", "opened", "page_of", "pictured", "tried"]
