// A box to write in, which grows with its text and can underline words. Joined to the kinds that have one.

/** `{ node, box, reflect(findings?), write(text) }`. The attributes go to the text box; `typed(text)` is called on input. */
function writingBox(attributes, typed) {
  // The mirror lies under the text box, with the same letters unseen: it gives the height and carries the underlines.
  const mirror = h("div", { class: "practice-mirror", "aria-hidden": "true" });
  const box = h("textarea", {
    class: "practice-text", spellcheck: "true", ...attributes, on: { input: () => { reflect(); typed(box.value); } },
  });

  // Until the next reading, an underline stays where its words still stand.
  let found = [];
  function reflect(findings = found) {
    const letters = Array.from(box.value);
    found = findings.filter(({ start, end, quote }) => letters.slice(start, end).join("") === quote);
    mirror.replaceChildren(...underlined(box.value, found, (words) => h("mark", { class: "practice-mark" }, words)), "\n");
  }

  return {
    node: h("div", { class: "practice-box" }, mirror, box), box, reflect,
    write: (text) => { box.value = text; reflect([]); },
  };
}
