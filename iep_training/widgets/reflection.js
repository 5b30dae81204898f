// An open question. Joined to base.js and card.js, whose `practice` and `h` it uses.

const reflection = {
  noun: "Question",
  headings: { right: "Thank you", good: "Thank you", next: "If you have a moment" },
  submit: "Save",
  autosaves: () => true,

  build(card, changed) {
    const names = { text: newId(), count: newId() };
    const count = h("p", { class: "practice-count", id: names.count });
    const box = h("textarea", {
      class: "practice-text", id: names.text, rows: 6, spellcheck: "true", "aria-describedby": names.count,
      on: { input: () => { tally(); changed(box.value); } },
    });
    // Grows with the text, as the rewrite box does: the mirror gives the height.
    const mirror = h("div", { class: "practice-mirror", "aria-hidden": "true" });

    function tally() {
      mirror.textContent = `${box.value}\n`;
      const words = box.value.split(/\s+/).filter(Boolean).length;
      const so_far = words === 1 ? "1 word so far" : `${words} words so far`;
      const aim = card.least_words ? `About ${card.least_words} words give a reader enough to go on.` : "Take as much room as you like.";
      count.textContent = words ? `${so_far}. ${words < card.least_words ? aim : ""}` : aim;
    }

    const node = h("div", {},
      h("label", { class: "practice-question", for: names.text }, card.question),
      card.rubric.length
        ? h("details", { class: "practice-more" }, h("summary", {}, "What a reader looks for"), list(card.rubric, ""))
        : "",
      h("div", { class: "practice-box" }, mirror, box), count);
    return {
      node,
      write: (text) => { box.value = text; tally(); },
      focus: () => box.focus(),
    };
  },
};

export default { render: (context) => practice(context, reflection) };
