// Turn a statement around. Joined to base.js, card.js and box.js, whose `practice`, `h`, `explained` and `writingBox` it uses.

const rewrite = {
  noun: "Statement",
  headings: { right: "This works", good: "Already there", next: "One next step" },
  submit: "Check",
  again: "Start over",
  examples: "Show an example",
  autosaves: () => true,

  build(card, changed) {
    const names = { text: newId(), live: newId() };
    const mark = (words) => h("mark", { class: "practice-mark" }, words, unseen(" (look again)"));
    const live = h("div", { class: "practice-live", id: names.live });
    const { node: field, box, reflect, caution, write } = writingBox({ id: names.text, rows: 3, "aria-describedby": names.live }, changed);

    function paint({ findings, good, private: own }) {
      reflect(findings);
      caution(own[""]);
      live.replaceChildren();
      if (findings.length) live.append(heading("Look again"), explained(findings));
      if (good) live.append(list([good], "practice-good"));
      const quotes = findings.map((finding) => `“${finding.quote}”`).join(", ");
      return quotes ? `Look again at ${quotes}` : good;
    }

    const node = h("div", {},
      card.student ? h("p", { class: "practice-about" }, h("b", {}, "What is known. "), card.student) : "",
      h("blockquote", { class: "practice-statement" }, underlined(card.statement, card.findings, mark)),
      card.findings.length
        ? h("details", { class: "practice-more" }, h("summary", {}, "Why is this underlined?"), explained(card.findings))
        : "",
      h("label", { class: "practice-label", for: names.text }, "Your version"),
      field, live);
    return {
      node, paint,
      write: (text) => { write(text); live.replaceChildren(); },
      focus: () => box.focus(),
    };
  },
};

export default { render: (context) => practice(context, rewrite) };
