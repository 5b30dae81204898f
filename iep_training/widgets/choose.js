// Choose one option, or several. Joined to base.js and card.js, whose `practice` and `h` it uses.

const choose = {
  noun: "Question",
  headings: { right: "Yes", good: "Already there", next: "Look again" },
  submit: "Check",
  again: "Try again",
  judged: "Each answer, explained",
  empty: (card) => (card.many ? [] : ""),
  autosaves: (graded) => graded, // in practice a choice counts when it is checked

  build(card, changed) {
    const name = newId();
    const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
    const choice = ({ id, text }) =>
      h("label", { class: "practice-choice" },
        h("input", {
          type: card.many ? "checkbox" : "radio", name, value: id,
          on: { change: () => changed(card.many ? chosen() : id) },
        }),
        h("span", {}, text));
    const node = h("fieldset", { class: "practice-choices practice-options" },
      h("legend", { class: "practice-question" }, card.question, card.many ? h("span", { class: "practice-meaning" }, "Choose all that fit.") : ""),
      card.options.map(choice));
    const inputs = [...node.querySelectorAll("input")];
    return {
      node,
      write: (answer) => inputs.forEach((input) => { input.checked = [answer].flat().includes(input.value); }),
      focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
    };
  },
};

export default { render: (context) => practice(context, choose) };
