"""Timing: on which days a schedule falls, and at which instants the steps of an edition are due."""
