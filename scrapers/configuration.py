"""Whether the settings of a crawl can be meant, before it opens or asks for anything."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings, default_settings
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object

from pipelines.keep import Keep
from pipelines.store.segments import COMPRESSIONS
from pipelines.urls import is_web_address
from scrapers.guard import Guard
from scrapers.recrawl import revisit_ages

_BYTES = {"DISK_RESERVE": 0, "SEGMENT_BYTES": 1, "DOWNLOAD_MAXSIZE": 0}
"""Setting -> its least value."""

_COUNTS = {
    "CONCURRENT_REQUESTS": 1,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,  # with none a crawl waits for ever
    "CONCURRENT_ITEMS": 1,  # with none Scrapy drops what a page yields
    "RETRY_TIMES": 0,
    "ROBOTSTXT_RETRY_TIMES": 0,
    "HEALTH_CONFIRMED": 1,
}
_SECONDS = ("DOWNLOAD_DELAY", "BACK_OFF", "RETRY_AFTER_MAX")
_SPANS = ("COMMIT_INTERVAL", "DOWNLOAD_TIMEOUT")
_TELNET = "TELNETCONSOLE_ENABLED"  # whose default is 1
_SWITCHES = ("RAW_PAGES", _TELNET, *(name for name, usual in vars(default_settings).items() if type(usual) is bool))
_NUMBERS = {name for name, usual in vars(default_settings).items() if type(usual) in (int, float)} - {_TELNET}
_TARGET = "AUTOTHROTTLE_TARGET_CONCURRENCY"
_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


def check(settings: BaseSettings) -> None:
    """Raise `ValueError` with what to do if a setting that a crawl relies on makes no sense."""
    for names, unit in ((_BYTES, " of bytes"), (_COUNTS, "")):
        for name, least in names.items():
            if not _is_whole(settings[name], least):
                raise ValueError(f"{name}={settings[name]}: give a whole number{unit}, {least} or more")
    _check_seconds(settings)
    _check_kinds(settings)
    _check_slots(settings)
    _check_process(settings)
    if settings["SEGMENT_COMPRESSION"] not in COMPRESSIONS:
        raise ValueError(
            f"SEGMENT_COMPRESSION={settings['SEGMENT_COMPRESSION']}: it is one of {', '.join(COMPRESSIONS)}"
        )
    if settings["HEALTH_WEBHOOK"] and not is_web_address(settings["HEALTH_WEBHOOK"]):
        raise ValueError("HEALTH_WEBHOOK: give an http or https address")  # what it is may hold a key
    Guard.from_settings(settings)
    revisit_ages(settings)


def check_objects(settings: BaseSettings, given: Sequence[str]) -> None:
    """Raise `ValueError` if one of these, `NAME=VALUE`, is no JSON object where the setting is one."""
    for name, _, value in (pair.partition("=") for pair in given):
        if isinstance(settings.get(name), BaseSettings) and not _is_object(value):
            raise ValueError(f"{name}={value}: give a JSON object")


def check_keeping(settings: BaseSettings) -> None:
    """Raise `ValueError` with what to do if what a crawl fetches would not be kept."""
    scheduler = settings["SCHEDULER"]
    if not getattr(_load("SCHEDULER", scheduler), "keeps_due", False):
        raise ValueError(f"SCHEDULER={scheduler}: give scrapers.frontier.Frontier: no other keeps its queue")
    stages = build_component_list(settings.getwithbase("ITEM_PIPELINES"))
    if not any(issubclass(_load("ITEM_PIPELINES", stage), Keep) for stage in stages):
        raise ValueError("ITEM_PIPELINES: without pipelines.keep.Keep nothing is kept")


def _load(setting: str, path: Any) -> Any:
    try:
        return load_object(path)
    except (ImportError, NameError, ValueError) as error:
        raise ValueError(f"{setting}: {path} cannot be loaded: {error}") from error


def _check_process(settings: BaseSettings) -> None:
    if not str(settings["DATA_DIR"] or "").strip():
        raise ValueError("DATA_DIR=: name the folder of the collections")
    if file := settings["LOG_FILE"]:
        try:
            Path(file).open("ab").close()
        except OSError as error:
            raise ValueError(f"LOG_FILE={file}: {error.strerror}") from error
    if settings.getbool("FORCE_CRAWLER_PROCESS"):
        raise ValueError(f"FORCE_CRAWLER_PROCESS={settings['FORCE_CRAWLER_PROCESS']}: give False")
    level = settings["LOG_LEVEL"]
    if not isinstance(level, int) and level not in logging.getLevelNamesMapping():
        raise ValueError(f"LOG_LEVEL={level}: give DEBUG, INFO, WARNING, ERROR or CRITICAL")
    if settings["TWISTED_REACTOR"] != _REACTOR:
        raise ValueError(f"TWISTED_REACTOR={settings['TWISTED_REACTOR']}: give {_REACTOR}")


def _check_slots(settings: BaseSettings) -> None:
    for host, slot in settings.getdict("DOWNLOAD_SLOTS").items():
        if not isinstance(slot, dict):
            raise ValueError(f'DOWNLOAD_SLOTS, {host}: give an object, such as {{"concurrency": 1, "delay": 2}}')
        limit, delay = slot.get("concurrency", 1), slot.get("delay", 0)
        if not _is_whole(limit, 1):  # with none a crawl waits for ever
            raise ValueError(f"DOWNLOAD_SLOTS, concurrency of {host}: {limit} is no whole number, 1 or more")
        if not _number(delay) >= 0:
            raise ValueError(f"DOWNLOAD_SLOTS, delay of {host}: {delay} is no number of seconds, 0 or more")


def _check_seconds(settings: BaseSettings) -> None:
    for name in _SECONDS:
        if not _number(settings[name]) >= 0:
            raise ValueError(f"{name}={settings[name]}: give seconds, 0 or more")
    for name in _SPANS:
        if not _number(settings[name]) > 0:
            raise ValueError(f"{name}={settings[name]}: give seconds, more than 0")


def _check_kinds(settings: BaseSettings) -> None:
    """Read each setting as Scrapy does: what it cannot read ends in a traceback that does not name the setting."""
    for name in _SWITCHES:
        if not _is_switch(settings, name):
            raise ValueError(f"{name}={settings[name]}: give True or False")
    for name in sorted(_NUMBERS):
        if settings[name] is not None and math.isnan(_number(settings[name])):
            raise ValueError(f"{name}={settings[name]}: give a number")
    if not _number(settings[_TARGET]) > 0:  # Scrapy would leave the throttle out
        raise ValueError(f"{_TARGET}={settings[_TARGET]}: give a number above 0")


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _is_whole(value: object, least: int) -> bool:
    try:
        return int(str(value)) >= least  # `str`: 1e3 and 1000.0 are none to Scrapy, 0.5 would become 0
    except ValueError:
        return False


def _is_switch(settings: BaseSettings, name: str) -> bool:
    try:
        settings.getbool(name)
    except ValueError:
        return False
    return True


def _number(value: object) -> float:
    """Return a finite number, or NaN for what is none: it is neither above nor below anything."""
    try:
        number = float(str(value))
    except ValueError:
        return math.nan
    return number if math.isfinite(number) else math.nan
