"""My shop in a notebook: choose a file of orders, correct its columns, read the plan."""

from pathlib import Path

import ipywidgets as w

from kit.outcomes.own_shop import Shop
from kit.paths import DATA
from kit.shop.order_columns import ROLES
from kit.shop.orders import read_orders
from kit.shop.plan import ShopPlan, plan_shop
from kit.shop.plan_html import body
from kit.text import Refusal, label, words
from kit.widgets.notes import print_beneath, status

_STYLE = """<style>
.jp-OutputArea-child:has(~ .jp-OutputArea-child .rhc-shop):not(:has([data-mime-type*="error"])) { display: none; }
</style>"""


def plan_sample(name: str = "made_jade_shop.csv") -> ShopPlan:
    """Return the plan of a sample shop that ships with the course; its orders are synthetic.

    >>> plan_sample().reading.read
    83
    """
    return plan_shop(DATA / "samples" / name)


def my_orders() -> "ShopPanel":
    """Let a merchant choose a file of orders; nothing leaves the machine, and files are written on request only."""
    return ShopPanel()


class ShopPanel:
    """Upload, columns, the merchant's statements, and the plan."""

    def __init__(self):
        self.raw: bytes | None = None
        self.plan: ShopPlan | None = None
        self._quiet = False
        kinds = ".csv,.txt,.tsv,.xlsx,.zip"
        self.upload = w.FileUpload(accept=kinds, description=words("panel.upload"), layout={"width": "auto"})
        wide = {"style": {"description_width": "180px"}, "layout": {"width": "400px"}}
        self.columns = {role: w.Dropdown(description=words(f"role_of.{role}"), **wide) for role in ROLES}
        self.margin = w.Text(description=words("panel.margin"), placeholder="35%", continuous_update=False, **wide)
        self.days = w.Text(description=words("panel.days"), placeholder="30", continuous_update=False, **wide)
        day = str(Shop().entered)
        self.entered = w.Text(description=words("panel.entered"), placeholder=day, continuous_update=False, **wide)
        self.save = w.Button(description=words("panel.save"), icon="save", disabled=True, layout={"width": "auto"})
        self.message, self.shown = w.HTML(), w.HTML()
        self.stated = (self.margin, self.days, self.entered)
        stated = w.VBox([*self.columns.values(), *self.stated])
        self.settings = w.Accordion([stated], titles=[words("panel.columns")], selected_index=None)
        self.view = w.VBox([w.HTML(_STYLE), w.HBox([self.upload, self.save]), self.settings, self.message, self.shown])
        self.view.add_class("rhc-shop")
        self.upload.observe(lambda change: change["new"] and self.take(bytes(change["new"][0]["content"])), "value")
        for control in (*self.columns.values(), *self.stated):
            control.observe(lambda _: self._show(), "value")
        self.save.on_click(lambda _: self._save())

    def take(self, raw: bytes) -> None:
        """Read a file from its bytes and show its plan, or say why it cannot be read."""
        self.raw = raw
        self.message.value, self.shown.value = status(words("panel.reading"), ""), ""
        try:
            header = read_orders(raw).header
            self._options([name for name in header.names if name], header.named())
        except Refusal as refusal:
            # The refusal names the columns, so the merchant can assign them.
            names = refusal.fields.get("names", [])
            self._options([name for name in names if name != "…"], {})
        self._show()

    def _options(self, names: list[str], chosen: dict[str, str]) -> None:
        self._quiet = True
        for role, box in self.columns.items():
            box.options = [(words("panel.no_column"), ""), *((name, name) for name in dict.fromkeys(names))]
            box.value = chosen.get(role, "")
        self._quiet = False

    def _show(self) -> None:
        if self._quiet or self.raw is None:
            return
        columns = {role: box.value or "" for role, box in self.columns.items()}
        margin, days, entered = (field.value.strip() or None for field in self.stated)
        try:
            margin = margin and Shop.levers()["shop.margin"].typed(margin)
            self.plan = plan_shop(self.raw, columns, margin, days, entered=entered)
        except Refusal as refusal:
            self.plan, self.shown.value = None, ""
            self.settings.selected_index = 0
            self._refuse(refusal)
        else:
            self.message.value, self.shown.value = "", body(self.plan)
        self.save.disabled = self.plan is None

    def _save(self) -> None:
        from kit.shop.plan_excel import save_workbook

        try:
            path = save_workbook(self.plan, Path(words("panel.file")))
            self.message.value = status(words("command.saved", file=path), "rhc-told")
        except Refusal as refusal:
            self._refuse(refusal)

    def _refuse(self, refusal: Refusal) -> None:
        named = {"lever": label("lever", refusal.fields["lever"])} if "lever" in refusal.fields else {}
        self.message.value = status(refusal.said(**named), "rhc-refused")

    def _ipython_display_(self) -> None:
        print_beneath(self.view, asleep="panel.needs_kernel")
