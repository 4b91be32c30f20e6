"""Receipts as PDF."""
