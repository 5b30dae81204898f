// Say what a student's data show. Joined to base.js and card.js, whose `practice`, `h` and `ownMarkup` it uses.

const classify = {
  noun: "Student",
  headings: { right: "What the data say", good: "What the data say", next: "Look again" },
  submit: "Check",
  again: "Try again",
  autosaves: (graded) => graded, // in practice a choice counts when it is checked

  build(card, changed) {
    const name = newId();
    const choice = ({ id, label, meaning }) =>
      h("label", { class: "practice-choice" },
        h("input", { type: "radio", name, value: id, on: { change: () => changed(id) } }),
        h("span", {}, h("b", {}, label), h("span", { class: "practice-meaning" }, meaning)));
    const radios = h("fieldset", { class: "practice-choices" },
      h("legend", { class: "practice-label" }, "What do the data show?"), card.choices.map(choice));
    const inputs = [...radios.querySelectorAll("input")];
    const picture = h("div", { class: "practice-chart" });
    const table = h("div", {
      class: "practice-table", tabindex: "0", role: "region", "aria-label": "The numbers as a table",
    });
    const node = h("div", {},
      picture,
      h("details", { class: "practice-more" }, h("summary", {}, "The numbers as a table"),
        table),
      radios);
    return {
      node,
      write: (answer) => inputs.forEach((input) => { input.checked = input.value === answer; }),
      judge: (told) => {
        const drawn = told?.drawn ?? card; // baseline and now appear with the answer
        picture.replaceChildren(ownMarkup(drawn.chart));
        table.replaceChildren(ownMarkup(drawn.table));
      },
      focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
    };
  },
};

export default { render: (context) => practice(context, classify) };
