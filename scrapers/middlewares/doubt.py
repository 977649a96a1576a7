"""Doubts an answer that a page is unchanged which nobody asked for: taken for true, the page would be lost."""

from __future__ import annotations

from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError

from scrapers.responses import NOT_MODIFIED, is_conditional


class Doubt:
    """Fails a page that answers 304 although it was asked for whole."""

    def process_response(self, request: Request, response: Response) -> Response:
        is_taken = NOT_MODIFIED in request.meta.get("handle_httpstatus_list", ())  # else it fails anyway
        if response.status == NOT_MODIFIED and is_taken and not is_conditional(request):
            raise HttpError(response)
        return response
