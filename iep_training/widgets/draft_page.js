// My IEP draft. Joined to base.js and box.js, whose `connect`, `h`, `button`, `heading`, `list` and `writingBox` it uses.

const FILES = { docx: "Word", html: "Web page", md: "Plain text" };

function render({ model, el }) {
  const { ask, close } = connect(model);
  const title = newId();
  const endings = Object.keys(FILES).filter((ending) => ending !== "docx" || model.get("word"));
  const said = h("p", { class: "practice-unseen", role: "status" });
  const trouble = h("div", { class: "practice-trouble", role: "alert" });
  const body = h("div", { class: "practice-task" });
  let open = ""; // the draft that is shown
  let drafts = [];

  const send = (message, then) => ask({ id: "draft", ...message }, (reply) => {
    trouble.replaceChildren(...(reply.trouble ? [h("p", {}, reply.trouble)] : []));
    if (reply.trouble) return;
    if (reply.drafts) ({ drafts } = reply);
    then?.(reply);
  }, () => trouble.replaceChildren(h("p", {}, NO_REPLY)));

  function show() {
    const draft = drafts.find(({ id }) => id === open) ?? drafts[0];
    open = draft?.id ?? "";
    if (!draft) {
      body.replaceChildren(h("p", {}, "Nothing is written yet. Each builder in modules 3 to 10 adds its part to this draft."));
      return;
    }
    const others = drafts.length > 1
      ? h("div", { class: "practice-row" }, drafts.map((one) => h("button", {
        type: "button", class: "practice-button", "aria-pressed": String(one === draft), on: { click: () => { open = one.id; show(); } },
      }, one.heading)))
      : "";
    body.replaceChildren(h("div", {}, others,
      h("h3", { class: "practice-name", tabindex: "-1" }, draft.heading), h("p", { class: "practice-about" }, draft.note),
      draft.notes.length
        ? h("details", { class: "practice-more" }, h("summary", {}, `Worth a second look: ${draft.notes.length}`), list(draft.notes, ""))
        : "",
      h("p", { class: "practice-label" }, "Take it with you"),
      h("div", { class: "practice-row" }, endings.map((ending) => button(FILES[ending], "", () => take(draft, ending)))),
      draft.sections.map((section) => h("section", { class: "practice-sheet" },
        h("h4", { class: "practice-heading" }, section.title), h("p", { class: "practice-help" }, section.about),
        section.parts.map((part) => partOf(draft, part))))));
  }

  /** One part: its words, and a box to change them in. The module's own answer stays as it was. */
  function partOf(draft, part) {
    const holder = h("div", { class: "practice-field" });
    const verb = part.text ? "Change" : "Write";
    const edit = button(verb, "", change);
    edit.setAttribute("aria-label", `${verb}: ${part.title}`);
    edit.dataset.part = part.id;

    function read() {
      const undo = button("Undo my change", "", () => send({ type: "undo", student: draft.id, part: part.id }, () => again("Your change was taken back.")));
      holder.replaceChildren(h("p", { class: "practice-label" }, part.title),
        h("p", { class: "practice-quoted" }, part.text || "Not written yet."),
        h("p", { class: "practice-row" }, edit, part.edited ? undo : ""));
    }

    function change() {
      let timer;
      const look = () => ask({ id: part.id, type: "typing", student: draft.id, text: field.box.value }, (reply, newest) => {
        if (!newest || !reply.private) return;
        const words = reply.private[""];
        field.caution(words);
        said.textContent = words.join(" ");
      });
      const field = writingBox({ rows: 3, "aria-label": part.title }, () => {
        clearTimeout(timer);
        timer = setTimeout(look, SAY_AFTER);
      });
      field.write(part.text);
      if (part.text) look();
      holder.replaceChildren(h("p", { class: "practice-label" }, part.title), field.node, h("p", { class: "practice-row" },
        button("Keep", "practice-main", () => send({ type: "edit", student: draft.id, part: part.id, text: field.box.value }, () => again("Saved."))),
        button("Cancel", "", () => { read(); edit.focus(); })));
      field.box.focus();
    }

    function again(words) {
      show();
      [...body.querySelectorAll("button")].find((one) => one.dataset.part === part.id)?.focus();
      said.textContent = words;
    }

    read();
    return holder;
  }

  function take(draft, ending) {
    send({ type: "file", student: draft.id, ending }, ({ file }) => {
      const bytes = Uint8Array.from(atob(file.content), (one) => one.charCodeAt(0));
      const url = URL.createObjectURL(new Blob([bytes]));
      const link = h("a", { href: url, download: file.name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 1000);
      said.textContent = `${file.name} is in your downloads.`;
    });
  }

  const root = h("section", { class: "practice", "aria-labelledby": title },
    h("header", { class: "practice-head" }, h("p", { class: "practice-title", id: title }, "My IEP draft"),
      button("Look again at what I wrote", "", () => send({ type: "open" }, () => { show(); said.textContent = "The draft is up to date."; }))),
    trouble, body, said);
  const freeKeys = keepKeys(root);
  el.append(root);
  send({ type: "open" }, show);
  return () => {
    freeKeys();
    close();
  };
}

export default { render };
