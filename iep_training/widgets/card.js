// The practice card itself, the same for every kind of activity: steps, saving, hints, feedback, going on.

/**
 * Show a set of activities. A kind is an object with
 * - `noun` ("Statement"), `submit` (the words on the main button), `headings` ({ right, good, next } over feedback)
 * - `again?`: the words on the button that empties the answer; `examples?`: those on the button that shows model answers
 * - `empty?(card)`: the answer of someone who has not begun, "" unless said otherwise; `undoes?`: whether each change can
 *   be undone; `autosaves(graded)`: whether each change is saved by itself
 * - `judged?`: what to call the list of criteria
 * - `build(card, changed, tell)`: the task, as `{ node, write(answer), focus(), paint?(reading), judge?(told, old) }`. It
 *   calls `changed(answer, part?)`, and `tell(words)` for a screen reader. `paint` shows what the kernel read, and returns
 *   it in words. `judge` shows in the task itself what was said of an answer (null: nothing), and whether it is `old`.
 */
function practice({ model, el }, kind) {
  const cards = model.get("cards");
  const graded = model.get("graded");
  const quiet = model.get("quiet"); // answers are kept and not judged
  const { ask, close } = connect(model);
  const drafts = new Map(); // what each activity holds in this view, by id
  const toSay = new Map(); // what a screen reader is about to be told, by topic
  let card, draft, field, readTimer, saveTimer, sayTimer;
  let reading = false; // whether the course is busy with a text that is still being typed
  let readAgain = false; // whether the text has changed since it was sent
  const unread = new Set(); // the parts of the answer that changed since they were read

  const names = { title: newId(), task: newId(), view: newId() };
  const said = h("p", { class: "practice-unseen", role: "status" });
  const status = h("p", { class: "practice-status" });
  const trouble = h("div", { class: "practice-trouble", role: "alert" });
  const other = h("div", { class: "practice-trouble" });
  const steps = h("ol", { class: "practice-steps" });
  const place = h("p", { class: "practice-place" });
  const task = h("div", { class: "practice-task" });
  const hint = h("div", { class: "practice-hint" });
  const feedback = h("div", { class: "practice-feedback" });
  const examples = h("div", { class: "practice-examples" });
  const submit = button(graded ? "Save answer" : quiet ? "Save" : kind.submit, "practice-main", () => (graded ? save(true) : check()));
  const hintButton = button("Hint", "", () => {
    draft.hint = !draft.hint;
    showHint();
  });
  const examplesButton = button(kind.examples ?? "", "", () =>
    ask({ type: "examples", id: card.id }, (reply) => {
      drafts.get(reply.id).examples = reply.examples ?? [];
      showExamples();
      say("examples", examples.innerText);
    }, () => setTrouble(draft, NO_REPLY)));
  const again = button(kind.again ?? "", "", () => {
    Object.assign(draft, { before: draft.answer, feedback: null, examples: null });
    put(empty(card));
  });
  const undo = button("Undo", "", () => {
    const before = kind.undoes ? draft.past.pop() : draft.before;
    put(before, false);
  });
  const back = button("Previous", "practice-go", () => show(model.get("at") - 1, true));
  const next = button("Next", "practice-go", () => show(model.get("at") + 1, true));

  const empty = (of) => kind.empty?.(of) ?? "";
  const isEmpty = (answer) => (typeof answer === "string" ? !answer : !Object.keys(answer).length);

  /** Tell a screen reader, once all is quiet. Words on a topic replace what was still waiting to be said on it. */
  function say(topic, words) {
    toSay.set(topic, words);
    clearTimeout(sayTimer);
    said.textContent = ""; // the region stays in place, and the same words twice are told twice
    sayTimer = setTimeout(() => {
      said.textContent = [...toSay.values()].join(" ");
      toSay.clear();
    }, SAY_AFTER);
  }

  // --- saving

  function setTrouble(of, words) {
    of.trouble = words;
    if (of === draft) showSaving();
  }

  function showSaving() {
    showOther();
    const words = draft.trouble ? "Not saved" : draft.saving ? "Saving…" : draft.saved ? clock(draft.saved) : "";
    status.textContent = words;
    status.classList.toggle("practice-bad", Boolean(draft.trouble));
    if (trouble.dataset.words === (draft.trouble ?? "")) return;
    trouble.dataset.words = draft.trouble ?? "";
    if (trouble.contains(document.activeElement)) field.focus();
    trouble.replaceChildren();
    if (draft.trouble) trouble.append(h("p", {}, draft.trouble), button("Save again", "", () => save(true)));
  }

  /** What another window had saved is shown and can be taken, so that neither text is lost. */
  function showOther() {
    if (other.dataset.saved === (draft.other?.saved ?? "")) return;
    other.dataset.saved = draft.other?.saved ?? "";
    other.replaceChildren();
    if (!draft.other) return;
    const { answer, words: theirs, saved } = draft.other;
    const close = (words, then) => button(words, "", () => {
      draft.other = null;
      showOther();
      field.focus();
      then();
    });
    const words = `Another window had a different answer here (${clock(saved)}). Yours is saved now; this was the other:`;
    other.append(
      h("p", {}, words),
      h("p", { class: "practice-quoted" }, theirs),
      h("p", { class: "practice-row" }, close("Keep mine", () => {}), close("Take the other", () => { put(answer); save(true); })));
    say("other", `${words} ${theirs}`);
  }

  /** Send the answer to be kept. Announced only when the learner asked for it: autosaving stays quiet. */
  function save(asked = false) {
    clearTimeout(saveTimer);
    saveTimer = null;
    send("save", asked ? () => say("saving", status.textContent) : () => {});
  }

  function send(type, then) {
    const of = draft;
    const answer = of.answer;
    of.saving = true;
    showSaving();
    ask({ type, id: of.id, answer, view: names.view, since: of.saved }, (reply, newest) => {
      if (newest) of.saving = false;
      if (reply.saved) {
        of.saved = reply.saved;
        of.other = reply.other ?? of.other;
        if (of.answer === answer) {
          of.trouble = null;
          unsaved.drop(of.id);
        }
      } else if (newest) {
        of.trouble = reply.trouble ?? NO_REPLY;
      }
      if (of === draft) showSaving();
      then(reply, of);
    }, () => setTrouble(of, NO_REPLY));
  }

  // --- answering

  function change(answer, part = "", counts = true) {
    if (kind.undoes && counts) draft.past.push(draft.answer);
    draft.answer = answer;
    draft.stale = Boolean(draft.feedback);
    showStale();
    showUndo();
    unread.add(part);
    if (!kind.autosaves(graded)) return;
    unsaved.keep(draft.id, answer);
    saveTimer ??= setTimeout(save, SAVE_AFTER);
    readSoon();
  }

  function put(answer, counts = true) {
    field.write(answer);
    change(answer, "", counts);
    showFeedback();
    field.focus();
  }

  function readSoon() {
    clearTimeout(readTimer);
    // While the course is still busy with the last reading, the next one waits for it.
    if (reading) readAgain = true;
    else if (field.paint) readTimer = setTimeout(readNow, READ_AFTER, true);
  }

  /** Have the answer read. What is found is told to a screen reader when it changes, though not as a page opens. */
  function readNow(aloud = true) {
    const of = draft;
    const parts = [...unread];
    unread.clear();
    const over = () => {
      reading = false;
      if (readAgain) readSoon();
      readAgain = false;
    };
    reading = true;
    ask({ type: "typing", id: of.id, answer: of.answer, part: parts.length === 1 ? parts[0] : "" }, (reply, newest) => {
      over();
      if (!newest || of !== draft) return;
      if (reply.trouble) {
        parts.forEach((part) => unread.add(part));
        return;
      }
      const tell = (topic, words) => {
        if (aloud && words !== (of.told[topic] ?? "")) say(topic, words);
        of.told[topic] = words;
      };
      tell("reading", field.paint(reply));
      for (const [box, words] of Object.entries(reply.private)) tell(`private ${box}`, words.join(" "));
    }, over);
  }

  function check() {
    clearTimeout(saveTimer);
    saveTimer = null;
    send("check", (reply, of) => {
      if (!reply.feedback) return;
      Object.assign(of, { feedback: reply.feedback, stale: false, checked: true, examples: reply.examples ?? of.examples });
      if (reply.feedback.right) of.done = true;
      if (of !== draft) return;
      showFeedback();
      showSteps();
      say("feedback", `${feedback.innerText} ${draft.trouble ?? status.textContent}`);
    });
  }

  // --- showing

  function showHint() {
    hintButton.hidden = !card.hint;
    hintButton.setAttribute("aria-expanded", String(Boolean(draft.hint)));
    hint.replaceChildren();
    if (draft.hint) hint.append(h("p", {}, h("b", {}, "Hint. "), card.hint));
    hint.hidden = !draft.hint;
  }

  function showFeedback() {
    const told = draft.feedback;
    feedback.replaceChildren();
    feedback.hidden = !told;
    again.hidden = !told || !kind.again;
    showUndo();
    examplesButton.hidden = !draft.checked || Boolean(draft.examples) || graded || quiet || !kind.examples;
    if (told) {
      feedback.dataset.right = String(told.right);
      feedback.append(h("p", { class: "practice-stale", hidden: true }, "You changed your answer since this feedback. "));
      if (told.good.length) {
        const good = quiet ? "Saved" : told.right ? kind.headings.right : kind.headings.good;
        feedback.append(heading(good), list(told.good, "practice-good"));
      }
      if (told.next_step) feedback.append(heading(kind.headings.next), h("p", { class: "practice-next" }, told.next_step));
      if (told.growth) feedback.append(numbers(told));
      if (told.right && told.takeaway) feedback.append(h("p", { class: "practice-takeaway" }, h("b", {}, "Take away. "), told.takeaway));
      if (told.criteria.length > 1 && !field.judge) feedback.append(judged(told));
    }
    showStale();
    showExamples();
  }

  function showUndo() {
    undo.hidden = kind.undoes ? !draft.past.length : !isEmpty(draft.answer) || isEmpty(draft.before ?? "");
  }

  function numbers({ growth, right }) {
    const notes = [growth.why, ...growth.notes].map((words) => h("p", {}, words));
    const team = right && growth.next_step ? [heading("What a team might do"), h("p", {}, growth.next_step)] : [];
    return h("div", {}, heading("The numbers"), notes, team);
  }

  function judged({ criteria, right }) {
    const row = (one) => h("li", {}, sign(one.met), one.name, kind.judged ? h("p", { class: "practice-why" }, one.message) : "");
    return h("details", { class: "practice-more", open: Boolean(kind.judged) && !right },
      h("summary", {}, kind.judged ?? "What was looked for"),
      h("ul", { class: "practice-criteria" }, criteria.map(row)));
  }

  function showStale() {
    const note = feedback.querySelector(".practice-stale");
    if (note) note.hidden = !draft.stale;
    feedback.classList.toggle("practice-old", Boolean(draft.stale));
    field.judge?.(draft.feedback, Boolean(draft.stale));
  }

  function showExamples() {
    examples.replaceChildren();
    examples.hidden = !draft.examples?.length;
    examplesButton.hidden ||= Boolean(draft.examples);
    if (!examples.hidden) {
      examples.append(heading(kind.examplesHeading ?? (draft.done ? "Other good ways to say it" : "Good ways to say it")), list(draft.examples, "practice-models"));
    }
  }

  function showSteps() {
    const at = model.get("at");
    steps.hidden = cards.length < 2;
    const focused = steps.contains(document.activeElement);
    steps.replaceChildren(...cards.map((one, index) => {
      const done = isDone(one.id);
      const words = `${kind.noun} ${index + 1}${done ? ", done" : ""}`;
      const step = h("button", {
        type: "button", class: "practice-step", "aria-label": words, title: one.title, "data-done": done,
        "aria-current": index === at ? "step" : null, on: { click: () => show(index, true) },
      }, done ? "✓" : String(index + 1));
      return h("li", {}, step);
    }));
    if (focused) steps.children[at].firstChild.focus();
    place.textContent = cards.length > 1 ? `${kind.noun} ${at + 1} of ${cards.length}` : "";
    back.hidden = at === 0;
    next.hidden = at >= cards.length - 1;
    next.classList.toggle("practice-main", isDone(card.id));
  }

  const isDone = (id) => drafts.get(id)?.done ?? model.get("answers")[id]?.done ?? false;

  /** The draft of an activity: what this view holds, else what the tab kept, else what was saved. */
  function open(id) {
    if (!drafts.has(id)) {
      const saved = model.get("answers")[id] ?? {};
      const kept = unsaved.find(id);
      drafts.set(id, {
        id, answer: kept ?? saved.answer ?? empty(cards.find((one) => one.id === id)), saved: saved.saved, past: [], told: {},
        lost: kept !== null && JSON.stringify(kept) !== JSON.stringify(saved.answer),
        feedback: saved.feedback ?? null, done: saved.done ?? false, checked: Boolean(saved.feedback), examples: null,
      });
    }
    return drafts.get(id);
  }

  function show(at, moved = false) {
    if (saveTimer) save();
    clearTimeout(readTimer);
    model.set("at", at);
    model.save_changes();
    card = cards[at];
    draft = open(card.id);
    field = kind.build(card, change, (words) => say("task", words));
    task.replaceChildren(
      h("h3", { class: "practice-name", id: names.task, tabindex: "-1" }, card.title),
      card.prompt ? h("p", {}, card.prompt) : "", field.node);
    field.write(draft.answer);
    showSteps();
    showHint();
    showFeedback();
    showSaving();
    unread.clear();
    readAgain = false;
    if (field.paint && !isEmpty(draft.answer)) readNow(false);
    if (draft.lost) {
      draft.lost = false;
      save();
    }
    if (moved) task.firstChild.focus();
  }

  /** The same activity was answered in another window: show that, unless this window holds something unsaved. */
  function showElsewhere() {
    for (const [id, of] of drafts) {
      const saved = model.get("answers")[id];
      if (!saved || of.saving || saved.saved === of.saved || unsaved.find(id) !== null) continue;
      Object.assign(of, { answer: saved.answer, saved: saved.saved, done: saved.done, feedback: saved.feedback });
      if (of === draft) show(model.get("at"));
    }
  }

  const notice = model.get("notice");
  const alone = cards.length === 1 && cards[0].title === model.get("title"); // one title is enough
  const root = h("section", { class: "practice", "aria-labelledby": names.title },
    h("header", { class: "practice-head" },
      h("p", { class: alone ? "practice-unseen" : "practice-title", id: names.title }, model.get("title")), place,
      model.get("intro") ? h("p", { class: "practice-intro" }, model.get("intro")) : "", steps),
    notice ? h("p", { class: "practice-trouble" }, notice) : "",
    task,
    h("div", { class: "practice-actions" }, submit, hintButton, again, undo, examplesButton, status),
    trouble, other, hint, feedback, examples,
    cards.length > 1 ? h("nav", { class: "practice-foot", "aria-label": model.get("title") }, back, next) : "",
    said);

  const freeKeys = keepKeys(root);
  root.addEventListener("focusout", () => { if (saveTimer) save(); });
  model.on("change:answers", showElsewhere);

  el.append(root);
  show(Math.min(model.get("at"), cards.length - 1));
  return () => {
    if (saveTimer) save();
    for (const timer of [readTimer, sayTimer]) clearTimeout(timer);
    model.off("change:answers", showElsewhere);
    freeKeys();
    close();
  };
}
