// Write something out of several boxes. Joined to base.js, card.js and box.js, whose `practice`, `h`, `button`, `list`,
// `sign`, `explained` and `writingBox` it uses.

const build = {
  noun: "Page",
  headings: { right: "It is all there", good: "Already there", next: "One next step" },
  submit: "Check",
  again: "Start over",
  examples: "Show an example",
  examplesHeading: "One way to write it",
  empty: () => ({}),
  autosaves: () => true,

  build(card, changed, tell) {
    let answer = {};
    const boxes = card.fields.map((field) => formField(field, (text) => {
      answer = { ...answer, [field.id]: text };
      changed(answer, field.id);
    }));
    const file = card.cases.length ? caseFile(card.cases, (id) => {
      answer = { ...answer, case: id };
      changed(answer, "case");
    }) : null;
    const page = finishedPage(card, () => answer, tell);
    return {
      node: h("div", {}, file ? file.node : "", boxes.map(({ node }) => node), page.node),
      write: (saved) => {
        answer = saved;
        boxes.forEach((one) => one.write(saved[one.id] ?? ""));
        file?.show(saved.case ?? "");
        page.close();
      },
      paint: ({ readings, private: own }) => boxes.map((one) => {
        if (own[one.id]) one.caution(own[one.id]);
        return readings[one.id] ? one.paint(readings[one.id]) : "";
      }).filter(Boolean).join(" "),
      judge: (told, old) => boxes.forEach((one, index) => one.judge(old ? null : told?.criteria[index])),
      focus: () => (file && !answer.case ? file : boxes[0]).focus(),
    };
  },
};

/** One box with its label, what it is for, an example, and what is read in it. */
function formField({ id, label, help, example, optional, reads }, typed) {
  const names = { text: newId(), help: newId(), live: newId() };
  const live = h("div", { class: "practice-live", id: names.live });
  const verdict = h("p", { class: "practice-why" });
  const field = writingBox({ id: names.text, rows: 2, "aria-describedby": `${names.help} ${names.live}` }, typed);
  field.box.classList.add("practice-small");

  function paint({ findings, good, parts, grade }) {
    field.reflect(findings);
    live.replaceChildren();
    if (findings.length) live.append(explained(findings));
    if (parts.length) {
      live.append(h("ul", { class: "practice-criteria" }, parts.map(({ label, quote }) =>
        h("li", {}, sign(Boolean(quote)), label, quote ? `: “${quote}”` : ""))));
    }
    if (good && reads === "statement") live.append(list([good], "practice-good"));
    if (grade) live.append(h("p", { class: "practice-count" }, grade));
    return findings.map(({ quote }) => `Look again at “${quote}”`).join(", ") || grade;
  }

  return {
    id, paint, caution: field.caution,
    node: h("div", { class: "practice-field" },
      h("label", { class: "practice-label", for: names.text }, label, optional ? h("span", { class: "practice-meaning" }, "May stay empty") : ""),
      h("p", { class: "practice-help", id: names.help }, help),
      example ? h("details", { class: "practice-more" }, h("summary", {}, "Example", unseen(`: ${label}`)), h("p", { class: "practice-quoted" }, example)) : "",
      field.node, verdict, live),
    write: (text) => { field.write(text); live.replaceChildren(); verdict.replaceChildren(); },
    judge: (told) => verdict.replaceChildren(...(told ? [...sign(told.met), told.message] : [])),
    focus: () => field.box.focus(),
  };
}

/** The students to choose from, and the file of the chosen one, a section a paper. */
function caseFile(cases, chosen) {
  const name = newId();
  const pages = h("div", { class: "practice-file" });
  const inputs = [];
  const choice = ({ id, name: who }) => {
    const input = h("input", { type: "radio", name, value: id, on: { change: () => { show(id); chosen(id); } } });
    inputs.push(input);
    return h("label", { class: "practice-choice" }, input, h("span", {}, h("b", {}, who)));
  };
  const node = h("div", {},
    h("fieldset", { class: "practice-choices" }, h("legend", { class: "practice-question" }, "Which student?"), cases.map(choice)), pages);

  function show(id) {
    inputs.forEach((input) => { input.checked = input.value === id; });
    const one = cases.find((other) => other.id === id);
    pages.hidden = !one;
    pages.replaceChildren(...(one ? [heading(`The file of ${one.name}`), ...one.papers.map(paper)] : []));
  }

  const paper = ({ title, by, paragraphs }, index) =>
    h("details", { class: "practice-more", open: index === 0 }, h("summary", {}, title),
      by ? h("p", { class: "practice-count" }, by) : "", paragraphs.map((words) => h("p", {}, words)));
  return { node, show, focus: () => inputs[0].focus() };
}

/** What has been written, as one page to read, copy and print. */
function finishedPage({ product, fields, cases }, answer, tell) {
  const page = h("div", { class: "practice-page", hidden: true });
  const toggle = h("button", {
    type: "button", class: "practice-button", "aria-expanded": "false",
    on: { click: () => { page.hidden ? open() : close(); } },
  }, "See what you built");

  function close() {
    page.hidden = true;
    toggle.setAttribute("aria-expanded", "false");
    toggle.textContent = "See what you built";
  }

  function open() {
    const written = fields.filter(({ id }) => answer()[id]?.trim());
    const who = cases.find(({ id }) => id === answer().case)?.name;
    const sheet = h("div", { class: "practice-sheet" }, heading(product), who ? h("p", {}, who) : "",
      written.length
        ? h("dl", {}, written.flatMap(({ id, label }) => [h("dt", {}, label), h("dd", {}, answer()[id].trim())]))
        : h("p", {}, "Nothing is written yet."));
    page.replaceChildren(sheet, h("p", { class: "practice-row" },
      button("Copy", "", () => copy(sheet)), button("Print", "", () => print(sheet))));
    page.hidden = false;
    toggle.setAttribute("aria-expanded", "true");
    toggle.textContent = "Close the page";
    tell(`${product}: ${written.length} of ${fields.length} parts written.`);
  }

  function copy(sheet) {
    navigator.clipboard.writeText(sheet.innerText).then(
      () => tell("Copied."),
      () => { getSelection().selectAllChildren(sheet); tell("Press Control and C to copy."); });
  }

  /** Only the page is printed, in a frame of its own, and not the module around it. */
  function print(sheet) {
    const frame = h("iframe", { title: product, style: "position: fixed; width: 0; height: 0; border: 0" });
    document.body.append(frame);
    frame.contentDocument.title = title;
    frame.contentDocument.body.style.font = "12pt/1.5 system-ui, sans-serif";
    frame.contentDocument.body.append(sheet.cloneNode(true));
    frame.contentWindow.addEventListener("afterprint", () => frame.remove());
    frame.contentWindow.print();
  }

  return { node: h("div", { class: "practice-finished" }, toggle, page), close };
}

export default { render: (context) => practice(context, build) };
