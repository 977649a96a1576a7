"""A request as JSON, so that a queue outlives its process without pickles."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from scrapy import Request, Spider

from pipelines.keep import PAGE

_OF_PROXY = {PAGE, "proxy", "_auth_proxy", "_scheme_proxy", b"Proxy-Authorization"}
_encoder = json.JSONEncoder(allow_nan=False)  # msgspec's would write dates and sets, and read them as something else


class CannotStoreRequest(ValueError):
    """The request holds something that is not plain JSON, or calls what is no method of the spider."""


def dump(request: Request, spider: Spider) -> str:
    """Return a request as JSON, without the proxy that the environment names; raise `CannotStoreRequest`."""
    left_out = _OF_PROXY if "_scheme_proxy" in request.meta else {PAGE}
    fields: dict[str, Any] = {
        "url": request.url,
        "method": request.method if request.method != "GET" else None,
        "headers": {
            name.decode("latin-1"): [value.decode("latin-1") for value in values]
            for name, values in request.headers.items()
            if name not in left_out
        },
        "body": base64.b64encode(request.body).decode() if request.body else None,
        "cookies": request.cookies,
        "meta": {key: value for key, value in request.meta.items() if key not in left_out},
        "cb_kwargs": request.cb_kwargs,
        "flags": request.flags,
        "encoding": request.encoding if request.encoding != "utf-8" else None,
        "priority": request.priority,
        "dont_filter": request.dont_filter,
        "callback": _name_of(request.callback, request, spider),
        "errback": _name_of(request.errback, request, spider),
    }
    try:
        return _encoder.encode({name: value for name, value in fields.items() if value})
    except (TypeError, ValueError) as error:
        raise CannotStoreRequest(f"the request for {request.url} is not plain JSON: {error}") from error


def load(text: str, page: int, spider: Spider) -> Request:
    """Return the request of a page of the ledger; raise `CannotStoreRequest` if the spider lost what it calls."""
    fields = msgspec.json.decode(text)
    for name in ("callback", "errback"):
        if method := fields.get(name):
            fields[name] = getattr(spider, method, None)
            if fields[name] is None:
                raise CannotStoreRequest(
                    f"the request for {fields['url']} calls {method}(), which {spider.name} has not"
                )
    if body := fields.get("body"):
        fields["body"] = base64.b64decode(body)
    if headers := fields.get("headers"):
        fields["headers"] = {name: [value.encode("latin-1") for value in values] for name, values in headers.items()}
    fields["meta"] = {**fields.get("meta", {}), PAGE: page}
    return Request(**fields)


def original(call: Callable[..., Any] | None) -> Callable[..., Any] | None:
    """Return what a spider set as callback or errback, without what the Frontier put around it."""
    return call.args[0] if isinstance(call, partial) else call


def _name_of(call: Callable[..., Any] | None, request: Request, spider: Spider) -> str | None:
    method = original(call)
    if method is None:
        return None
    name = getattr(method, "__name__", "")
    if getattr(method, "__self__", None) is not spider or not hasattr(spider, name):
        raise CannotStoreRequest(f"the request for {request.url} calls {method!r}, which is no method of {spider.name}")
    return name
