"""A spider middleware that logs what requests carry, as JSON: it fails on anything else."""

from __future__ import annotations

import json
import logging

from scrapy.http import Request, Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware


class MetaWatch(BaseSpiderMiddleware):
    def get_processed_request(self, request: Request, response: Response | None) -> Request:  # noqa: ARG002
        logging.getLogger(__name__).info("META %s", json.dumps(dict(request.meta)))
        return request
