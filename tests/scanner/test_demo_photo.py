"""The demo's pictures: real enough for a decoder, the same for the same seed."""

import logging
from datetime import UTC, datetime
from itertools import islice

import numpy as np
import pytest
import zxingcpp
from pyzbar import pyzbar

from scanner.demo import DemoVehicle, Item, Medium, Scenario, cards, photo, render, vehicles
from scanner.signer import Signer

NOW = datetime(2026, 11, 23, 11, 20, tzinfo=UTC)
TRAFFIC = tuple(islice(vehicles(seed=3, now=NOW, signer=Signer.generate()), 30))
READABLE = [item for vehicle in TRAFFIC for item in vehicle.items if item.readable]


def first(scenario: Scenario) -> DemoVehicle:
    return next(vehicle for vehicle in TRAFFIC if vehicle.scenario is scenario)


def texts(image: photo.Layer) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image)]


def test_a_frame_is_bgr_of_the_size_asked_for() -> None:
    image = render(READABLE[0], size=(640, 360), rng=np.random.default_rng(0))
    assert image.shape == (360, 640, 3)
    assert image.dtype == np.uint8


def test_one_seed_gives_the_same_pixels() -> None:
    once = render(READABLE[0], rng=np.random.default_rng(5))
    photo._scene.cache_clear()
    assert np.array_equal(once, render(READABLE[0], rng=np.random.default_rng(5)))


def test_a_hand_is_never_still() -> None:
    rng = np.random.default_rng(5)
    assert not np.array_equal(render(READABLE[0], rng=rng), render(READABLE[0], rng=rng))


def test_nearly_all_readable_things_read_back_to_their_payload() -> None:
    rng = np.random.default_rng(1)
    shown = READABLE[:34]
    assert {item.medium for item in shown} == set(Medium)
    assert sum(item.text in texts(render(item, rng=rng)) for item in shown) >= 0.97 * len(shown)


def test_an_unreadable_code_is_read_by_no_decoder() -> None:
    rng = np.random.default_rng(2)
    (item,) = first(Scenario.UNREADABLE).items
    for _ in range(5):
        image = render(item, rng=rng)
        assert not zxingcpp.read_barcodes(image)
        assert not pyzbar.decode(image)


def test_an_unreadable_code_is_still_seen() -> None:
    (item,) = first(Scenario.UNREADABLE).items
    image = render(item, rng=np.random.default_rng(0))
    empty = photo.render_car(item.view.backdrop, rng=np.random.default_rng(0))
    assert np.abs(image.astype(int) - empty).mean() > 10


def test_without_a_chinese_font_there_are_no_words_but_still_a_code(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(cards, "_FONTS", ())
    caches = (cards._font, cards.font_file, cards._stamp)
    for cache in caches:
        cache.cache_clear()
    item: Item = READABLE[0]
    with caplog.at_level(logging.WARNING):
        assert item.text in texts(cards.draw(item).texture[..., :3].copy())
    assert caplog.text.count("no Chinese font") == 1
    for cache in caches:
        cache.cache_clear()
