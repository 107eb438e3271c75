"""Scenarios in a panel: save and load."""

from collections.abc import Callable

import ipywidgets as w

from kit.policies.scenario_files import load_scenario, save_scenario, scenario_names
from kit.text import Refusal, words
from kit.widgets.notes import status


class ScenarioBox:
    """The controls that save and load scenarios of a panel."""

    def __init__(self, tuner):
        self._tuner = tuner
        self.name = w.Text(description=words("widget.name"))
        self.save = w.Button(description=words("widget.save"), icon="save")
        self.file = w.Dropdown(options=scenario_names(), description=words("widget.file"))
        self.load = w.Button(description=words("widget.load"), icon="folder-open")
        self.save.on_click(lambda _: self._try(self._save))
        self.load.on_click(lambda _: self._try(self._load))
        self.said = w.HTML()
        rows = w.VBox([w.HBox([self.name, self.save]), w.HBox([self.file, self.load]), self.said])
        self.view = w.Accordion([rows], titles=[words("widget.scenarios")], selected_index=None)
        # Another panel may have saved one since.
        self.view.observe(lambda _: self._list(), "selected_index")

    def _list(self) -> None:
        kept, names = self.file.value, scenario_names()
        self.file.options = names
        # A list that was empty stays without a choice when it fills: choose one.
        self.file.value = kept if kept in names else (names or [None])[0]

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Refusal as refusal:
            self.said.value = status(str(refusal), "rhc-refused")

    def _save(self) -> None:
        path = save_scenario(self.name.value, self._tuner.moved())
        self._list()
        self.file.value = path.stem
        self.said.value = status(words("widget.saved", file=path), "rhc-told")

    def _load(self) -> None:
        if not self.file.value:
            raise Refusal("no_scenario")
        self._tuner.load(load_scenario(self.file.value))
        self.said.value = status(words("widget.loaded", file=self.file.value), "rhc-told")
