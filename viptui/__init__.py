"""viptui: a keyboard-driven terminal for resellers of Adobe's Value Incentive Plan."""

__version__ = "0.1.0"
