"""Doubts what nobody asked for, that a page is unchanged or a part of it: taken for good, the page would be lost."""

from __future__ import annotations

from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError

from scrapers.responses import NOT_MODIFIED, is_conditional

_PARTIAL_CONTENT = 206


class Doubt:
    """Fails a page that answers 304 or 206 although it was asked for whole."""

    def process_response(self, request: Request, response: Response) -> Response:
        is_taken = NOT_MODIFIED in request.meta.get("handle_httpstatus_list", ())  # else it fails anyway
        is_unchanged = response.status == NOT_MODIFIED and is_taken and not is_conditional(request)
        if is_unchanged or (response.status == _PARTIAL_CONTENT and "Range" not in request.headers):
            raise HttpError(response)
        return response
