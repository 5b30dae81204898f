// A box to write in, which grows with its text and can underline words. Joined to the kinds that have one.

/**
 * `{ node, box, reflect(findings?), caution(words), write(text) }`. The attributes go to the text box; `typed(text)` is called
 * on input. `caution` says beside the box what in it could tell who a student is: a list of sentences.
 */
function writingBox(attributes, typed) {
  // The mirror lies under the text box, with the same letters unseen: it gives the height and carries the underlines.
  const mirror = h("div", { class: "practice-mirror", "aria-hidden": "true" });
  const note = h("ul", { class: "practice-caution", id: newId(), hidden: true });
  const box = h("textarea", {
    class: "practice-text", spellcheck: "true", ...attributes, "aria-describedby": `${attributes["aria-describedby"] ?? ""} ${note.id}`,
    on: { input: () => { reflect(); typed(box.value); } },
  });

  // Until the next reading, an underline stays where its words still stand.
  let found = [];
  function reflect(findings = found) {
    const letters = Array.from(box.value);
    found = findings.filter(({ start, end, quote }) => letters.slice(start, end).join("") === quote);
    mirror.replaceChildren(...underlined(box.value, found, (words) => h("mark", { class: "practice-mark" }, words)), "\n");
  }

  function caution(words) {
    note.hidden = !words.length;
    note.replaceChildren(...words.map((one) => h("li", {}, one)));
  }

  return {
    node: h("div", { class: "practice-box" }, mirror, box, note), box, reflect, caution,
    write: (text) => { box.value = text; reflect([]); caution([]); },
  };
}
