"""The demo: invented vehicles, what they hold up to the camera, and a camera that sees them."""

from scanner.demo.drivers import vehicles
from scanner.demo.model import DemoVehicle, Expected, Item, Medium, Occupant, Scenario, Tint, View
from scanner.demo.photo import render
from scanner.demo.source import DemoSource

__all__ = [
    "DemoSource",
    "DemoVehicle",
    "Expected",
    "Item",
    "Medium",
    "Occupant",
    "Scenario",
    "Tint",
    "View",
    "render",
    "vehicles",
]
