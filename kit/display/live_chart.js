// A live chart: the figure is built once; each setting only swaps its rows and words.
// The newest frame is drawn; whatever came before it and was not drawn yet is dropped.

const VEGA = Symbol.for("renhuochang.vega");

// One copy of the drawing library serves all charts of a page; it comes from the kernel, never from a network.
async function load(model) {
  const id = model.get("library").slice("IPY_MODEL_".length);
  const library = await model.widget_manager.get_model(id);
  const url = URL.createObjectURL(new Blob([library.get("code")], { type: "text/javascript" }));
  try {
    return (await import(url)).embed;
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function render({ model, el }) {
  const chart = document.createElement("div");
  chart.className = "rhc-live";
  chart.setAttribute("role", "img");
  const said = document.createElement("div");
  said.className = "rhc-said";
  said.setAttribute("aria-live", "polite");
  el.append(chart, said);

  globalThis[VEGA] ??= load(model);
  let view;
  try {
    const embed = await globalThis[VEGA];
    view = (await embed(chart, model.get("spec"), { actions: false, renderer: "svg" })).view;
  } catch (error) {
    globalThis[VEGA] = undefined;
    chart.textContent = String(error);
    return;
  }

  let drawn = null;
  let drawing = false;
  async function draw() {
    if (drawing) return;
    drawing = true;
    while (drawn !== model.get("frame")) {
      drawn = model.get("frame");
      view.signal("headline", drawn.headline).signal("footer", drawn.footer).data("table", drawn.rows);
      await view.runAsync();
      // A headline of more lines than the first one grows upwards: make room, or it lies on the controls above.
      const [frame, title] = ["svg", ".role-title"].map((part) => chart.querySelector(part)?.getBoundingClientRect());
      chart.style.paddingTop = `${title ? Math.max(0, Math.ceil(frame.top - title.top)) : 0}px`;
      chart.setAttribute("aria-label", drawn.description);
      said.textContent = drawn.headline.join(" ");
      chart.dataset.frame = drawn.number;
    }
    drawing = false;
  }
  model.on("change:frame", draw);
  await draw();
  return () => {
    model.off("change:frame", draw);
    view.finalize();
  };
}

export default { render };
