// An open question. Joined to base.js, card.js and box.js, whose `practice`, `h` and `writingBox` it uses.

const reflection = {
  noun: "Question",
  headings: { right: "Thank you", good: "Thank you", next: "If you have a moment" },
  submit: "Save",
  autosaves: () => true,

  build(card, changed) {
    const names = { text: newId(), count: newId() };
    const count = h("p", { class: "practice-count", id: names.count });
    const { node: field, box, caution, write } = writingBox({ id: names.text, rows: 6, "aria-describedby": names.count }, (text) => {
      tally();
      changed(text);
    });

    function tally() {
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
      field, count);
    return {
      node,
      paint: ({ private: own }) => { caution(own[""]); return ""; },
      write: (text) => { write(text); tally(); },
      focus: () => box.focus(),
    };
  },
};

export default { render: (context) => practice(context, reflection) };
