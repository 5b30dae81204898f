// Turn a statement around. Joined to base.js and card.js, whose `practice`, `h`, `underlined` and `explained` it uses.

const rewrite = {
  noun: "Statement",
  headings: { right: "This works", good: "Already there", next: "One next step" },
  submit: "Check",
  again: "Start over",
  hasExamples: true,
  autosaves: () => true,

  build(card, changed) {
    const names = { text: newId(), live: newId() };
    const mark = (words) => h("mark", { class: "practice-mark" }, words, unseen(" (look again)"));
    // The mirror lies under the text box, with the same letters unseen, and carries the underlines.
    const mirror = h("div", { class: "practice-mirror", "aria-hidden": "true" });
    const live = h("div", { class: "practice-live", id: names.live });
    const box = h("textarea", {
      class: "practice-text", id: names.text, rows: 3, spellcheck: "true", "aria-describedby": names.live,
      on: { input: () => { reflect(); changed(box.value); } },
    });

    // Until the next reading, an underline stays where its words still stand.
    let found = [];
    function reflect(findings = found) {
      const letters = Array.from(box.value);
      found = findings.filter(({ start, end, quote }) => letters.slice(start, end).join("") === quote);
      mirror.replaceChildren(...underlined(box.value, found, (words) => h("mark", { class: "practice-mark" }, words)), "\n");
    }

    function paint({ findings, good }) {
      reflect(findings);
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
      h("div", { class: "practice-box" }, mirror, box), live);
    return {
      node, paint,
      write: (text) => { box.value = text; reflect([]); live.replaceChildren(); },
      focus: () => box.focus(),
    };
  },
};

export default { render: (context) => practice(context, rewrite) };
