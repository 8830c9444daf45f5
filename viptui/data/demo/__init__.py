"""Seeded demonstration data: any number of made-up customers with a story."""

from viptui.data.demo.generate import generate_demo

__all__ = ["generate_demo"]
