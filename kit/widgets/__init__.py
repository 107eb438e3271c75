"""Panels of a notebook: lever controls, prediction, scenarios, policy lab, my shop."""
