"""Helpers for the Strengths-Based IEP course."""

__version__ = "0.1.0"
