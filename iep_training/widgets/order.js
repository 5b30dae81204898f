// Put steps in order. Joined to base.js and card.js, whose `practice`, `h` and `sign` it uses.

const order = {
  noun: "Sequence",
  headings: { right: "In order", good: "Already there", next: "Look again" },
  submit: "Check",
  again: "Start over",
  examples: "Show the answer",
  examplesHeading: "The order",
  undoes: true,
  empty: () => [],
  autosaves: () => true,

  build(card, changed, tell) {
    const texts = new Map(card.steps.map(({ id, text }) => [id, text]));
    let answer = [];
    let said = null; // by step: what was said of it
    const node = h("ol", { class: "practice-sequence" });

    function move(id, by) {
      const from = answer.indexOf(id);
      const to = from + by;
      if (to < 0 || to >= answer.length) return;
      const moved = [...answer];
      moved.splice(from, 1);
      moved.splice(to, 0, id);
      answer = moved;
      said = null;
      changed(answer);
      draw();
      node.children[to].querySelector(by < 0 ? ".practice-up" : ".practice-down").focus();
      tell(`Now step ${to + 1} of ${answer.length}: ${texts.get(id)}`);
    }

    // A button at the end of the list stays in reach, so that focus is not lost there; it only does nothing.
    const mover = (id, by, off) => h("button", {
      type: "button", class: `practice-button practice-mover ${by < 0 ? "practice-up" : "practice-down"}`,
      "aria-label": `Move ${by < 0 ? "up" : "down"}: ${texts.get(id)}`, "aria-disabled": off ? "true" : null,
      on: { click: () => move(id, by) },
    }, by < 0 ? "↑" : "↓");

    function draw() {
      node.replaceChildren(...answer.map((id, index) => {
        const told = said?.get(id);
        return h("li", { "data-met": told ? String(told.met) : null },
          h("div", { class: "practice-step-words" }, told ? sign(told.met) : "", texts.get(id),
            told ? h("p", { class: "practice-why" }, told.message) : ""),
          h("div", { class: "practice-movers" }, mover(id, -1, index === 0), mover(id, 1, index === answer.length - 1)));
      }));
    }

    return {
      node: h("div", {}, node),
      write: (saved) => {
        answer = saved.length ? saved : card.steps.map(({ id }) => id);
        said = null;
        draw();
      },
      judge: (told, old) => {
        if (old) return;
        said = told?.criteria.length ? new Map(told.criteria.map((one, index) => [answer[index], one])) : null;
        draw();
      },
      focus: () => node.querySelector("button").focus(),
    };
  },
};

export default { render: (context) => practice(context, order) };
