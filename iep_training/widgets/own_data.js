// "Your own data": paints what the kernel says of a teacher's file. What was read, and what it means, is Python's.

const NO_ANSWER =
  "The course is not answering yet. A large file may need a moment. If nothing comes, open the Kernel menu, choose " +
  "Restart Kernel and Run All Cells, and choose your file again: the file itself is untouched.";
const REMARKS_SHOWN = 6;

function render({ model, el }) {
  const { ask, close } = connect(model);
  const links = []; // addresses of downloads, to be let go
  let state = null;
  let student = null;
  let sayTimer;

  const title = newId();
  const said = h("p", { class: "practice-unseen", role: "status" });
  const choosing = h("div", { class: "own-part" });
  const reading = h("div", { class: "own-part" });
  const results = h("div", { class: "own-part" });
  const one = h("div", { class: "own-part own-student" });
  const keeping = h("div", { class: "own-part" });

  // --- asking and telling

  /** Each part of the page has an alert of its own, so that what went wrong stands where the teacher is looking. */
  const alerts = new Map([choosing, reading, results, one, keeping].map((part) =>
    [part, h("div", { class: "practice-trouble", role: "alert" })]));

  function complain(part, words) {
    alerts.get(part).replaceChildren(...(words ? [h("p", {}, words)] : []));
  }

  function request(part, message, then) {
    for (const other of alerts.keys()) complain(other, "");
    ask({ id: "own", ...message }, (reply) => {
      complain(part, reply.trouble ?? "");
      if (!reply.trouble) then(reply);
    }, () => complain(part, NO_ANSWER));
  }

  function say(words) {
    clearTimeout(sayTimer);
    said.textContent = ""; // the region stays in place, and the same words twice are told twice
    sayTimer = setTimeout(() => { said.textContent = words; }, SAY_AFTER);
  }

  const name = (words) => h("h3", { class: "practice-name", tabindex: "-1" }, words);

  function field(words, control) {
    const id = newId();
    control.id = id;
    return h("div", { class: "own-field" }, h("label", { for: id }, words), control);
  }

  function more(words, ...inside) {
    return h("details", { class: "practice-more" }, h("summary", {}, words), inside);
  }

  // --- 1. choose or paste

  function buildChoosing() {
    const kinds = model.get("excel") ? "CSV or Excel" : "CSV";
    const file = h("input", {
      type: "file", class: "own-file", accept: model.get("excel") ? ".csv,.tsv,.txt,.xlsx" : ".csv,.tsv,.txt",
      on: { change: () => { if (file.files[0]) send(file.files[0]); file.value = ""; } },
    });
    const zone = h("div", { class: "own-drop" }, field(`Choose a ${kinds} file, or drop it here`, file));
    const over = (event) => {
      event.preventDefault();
      event.stopPropagation();
      zone.classList.toggle("own-over", event.type === "dragover");
    };
    for (const event of ["dragenter", "dragover", "dragleave", "drop"]) zone.addEventListener(event, over);
    zone.addEventListener("drop", (event) => { if (event.dataTransfer.files[0]) send(event.dataTransfer.files[0]); });

    const cells = h("textarea", { class: "own-cells", rows: "5", spellcheck: "false" });
    const paste = () => request(choosing, { type: "paste", text: cells.value }, read);
    choosing.append(
      name("1. Choose your data"),
      h("p", { class: "own-private" }, model.get("private")),
      zone,
      alerts.get(choosing),
      more("Or paste cells from a spreadsheet",
        field("Cells, with the line that names the columns", cells),
        h("div", { class: "practice-actions" }, button("Read these cells", "", paste))),
      more("What should the data look like?",
        h("p", {}, "Either one row for each student, with three numbers:"),
        sample("One row for each student", ["id", "baseline", "target", "current"], [["MJ", "20", "68", "44"], ["LR", "10", "2", "3"]]),
        h("p", {}, "or one row for each score, over time:"),
        sample("One row for each score", ["id", "date", "score", "phase", "target"],
          [["MJ", "9/14/2026", "20", "baseline", "68"], ["MJ", "9/21/2026", "27", "support", "68"]]),
        h("p", {}, "Your columns may have other names and stand in another order. Other columns are left alone."),
        h("div", { class: "practice-actions" },
          button("Try it with an example class", "", () => request(choosing, { type: "example" }, read)))));
  }

  function sample(caption, heads, rows) {
    return h("div", { class: "practice-table", tabindex: "0", role: "region", "aria-label": caption }, h("table", {}, h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map((words) => h("th", { scope: "col" }, words)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell)))))));
  }

  function send(file) {
    const largest = model.get("largest");
    if (file.size > largest) {
      complain(choosing, `${file.name}: this file is larger than the ${largest / 1e6} MB that this page reads. ` +
        "Whoever looks after your computer can read it with the command “iep-training progress”.");
      return;
    }
    const reader = new FileReader();
    reader.onerror = () => complain(choosing, `${file.name}: this file can’t be read. Close it in other programs and choose it again.`);
    reader.onload = () => {
      const data = reader.result.slice(reader.result.indexOf(",") + 1); // after "data:...;base64"
      request(choosing, { type: "file", name: file.name, data: file.size ? data : "" }, read);
    };
    reader.readAsDataURL(file);
  }

  /** A file was read: go on where its reading is told. */
  function read(reply) {
    student = null;
    take(reply);
    reading.querySelector(".practice-name").focus();
    say(state.complaint || [state.summary, state.counts].join(" "));
  }

  function take(reply) {
    state = reply.state;
    if (reply.student) student = reply.student;
    showReading();
    showResults();
    showStudent();
    showKeeping();
  }

  // --- 2. how it was read

  function showReading() {
    reading.hidden = !state;
    reading.replaceChildren();
    if (!state) return;
    reading.append(name("2. How it was read"));
    if (state.summary) reading.append(h("p", {}, h("b", {}, state.summary)));
    if (state.complaint) reading.append(h("p", { class: "own-notice" }, state.complaint), h("p", {}, h("b", {}, state.which)));
    if (state.unnamed) reading.append(h("p", { class: "own-notice" }, state.unnamed));
    reading.append(...told("What can’t be told yet", state.not_used), ...told("Good to know", state.remarks));
    if (state.named) {
      reading.append(h("div", { class: "own-notice" }, h("p", {}, state.named),
        button("Use initials", "", () => request(reading, { type: "initials" }, (reply) => {
          refresh(reply);
          reading.querySelector(".practice-name").focus();
          say("Initials are shown in place of names.");
        }))));
    }
    reading.append(columns(), alerts.get(reading),
      h("div", { class: "practice-actions" }, button("Forget these data", "", () => request(reading, { type: "forget" }, (reply) => {
        student = null;
        take(reply);
        choosing.querySelector(".practice-name").focus();
        say("The data are forgotten. Your file is untouched.");
      }))));
  }

  function told(words, remarks = []) {
    const rest = remarks.slice(REMARKS_SHOWN);
    return remarks.length
      ? [heading(words), list(remarks.slice(0, REMARKS_SHOWN), ""), rest.length ? more(`${rest.length} more like these`, list(rest, "")) : ""]
      : [];
  }

  function columns() {
    const form = h("form", { class: "own-columns" });
    const chosen = { ...state.chosen };
    let shape = state.form;
    const selects = h("div", { class: "own-selects" });

    function showSelects() {
      selects.replaceChildren(...state.roles[shape].map((role) => {
        const select = h("select", { class: "own-select", on: { change: () => { chosen[role.role] = select.value; } } },
          h("option", { value: "" }, role.needed ? "Choose a column" : "Not in this file"),
          state.columns.map((column) => h("option", { value: column.name, selected: chosen[role.role] === column.name },
            column.example ? `${column.name} (such as ${column.example.slice(0, 40)})` : column.name)));
        return field(role.needed ? `${role.label}, needed` : role.label, select);
      }));
    }

    const shapes = [["wide", "One row for each student"], ["long", "One row for each score"]].map(([value, words]) =>
      h("label", { class: "practice-choice" },
        h("input", {
          type: "radio", name: `${title}-shape`, value, checked: value === shape,
          on: { change: () => { shape = value; showSelects(); } },
        }), words));
    form.append(
      h("fieldset", { class: "practice-choices" }, h("legend", { class: "practice-label" }, "What is a row of your file?"), shapes),
      h("p", {}, "Which column holds what?"), selects,
      h("div", { class: "practice-actions" },
        h("button", { type: "submit", class: "practice-button practice-main" }, "Read it with these columns")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const own = state.roles[shape].map((role) => [role.role, chosen[role.role] ?? ""]);
      request(reading, { type: "columns", form: shape, chosen: Object.fromEntries(own) }, read);
    });
    showSelects();
    const details = more("Columns: look or change", form);
    details.open = Boolean(state.complaint);
    return details;
  }

  // --- 3. the class

  function showResults() {
    const students = state?.students ?? [];
    results.hidden = !students.length;
    results.replaceChildren();
    if (!students.length) return;
    const row = (each, at) => h("tr", {},
      h("th", { scope: "row" }, h("button", {
        type: "button", class: "own-link", "aria-current": student?.at === at ? "true" : null, on: { click: () => show(at) },
      }, each.id || "(no name)")),
      h("td", {}, each.words, each.borderline ? h("span", { class: "own-again" }, "look again") : ""),
      h("td", {}, each.share));
    const everyone = h("div", {});
    const overview = more("Every chart on one page", everyone);
    overview.addEventListener("toggle", () => {
      if (overview.open) request(results, { type: "overview" }, (reply) => everyone.replaceChildren(ownMarkup(reply.overview)));
    });
    results.append(
      name("3. What the data show"),
      h("p", {}, state.counts),
      h("p", {}, "Choose a student to see the chart, the reasons and what a team might do."),
      h("div", { class: "practice-table own-class", tabindex: "0", role: "region", "aria-label": "The class" },
        h("table", {},
          h("caption", {}, "Each student, the category, and the share of the way to the goal"),
          h("thead", {}, h("tr", {}, ["Student", "Category", "Share"].map((words) => h("th", { scope: "col" }, words)))),
          h("tbody", {}, students.map(row)))),
      overview, alerts.get(results));
  }

  /** Mark the student in the table, which stays as it is: scrolled, and with its charts open. */
  function showCurrent() {
    results.querySelectorAll(".own-link").forEach((link, at) => {
      if (at === student.at) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  function show(at) {
    request(results, { type: "student", at }, (reply) => {
      student = reply.student;
      showCurrent();
      showStudent();
      one.querySelector(".practice-name").focus();
    });
  }

  // --- one student

  function showStudent() {
    one.hidden = !student;
    one.replaceChildren();
    if (!student) return;
    const last = state.students.length - 1;
    one.append(
      name(student.id || "(no name)"),
      h("div", { class: "practice-chart" }, ownMarkup(student.chart)),
      h("p", { class: "own-category" }, student.words, student.borderline ? h("span", { class: "own-again" }, "look again") : ""),
      h("p", {}, student.why),
      ...student.notes.map((words) => h("p", {}, words)),
      heading("What a team might do"),
      h("p", {}, student.next_step),
      more("The numbers as a table",
        h("div", { class: "practice-table", tabindex: "0", role: "region", "aria-label": "The numbers as a table" }, ownMarkup(student.table))),
      correcting(), alerts.get(one),
      h("nav", { class: "practice-foot", "aria-label": "Students" },
        student.at > 0 ? button("Previous student", "practice-go", () => show(student.at - 1)) : "",
        h("span", { class: "practice-place" }, `${student.at + 1} of ${last + 1}`),
        student.at < last ? button("Next student", "practice-go", () => show(student.at + 1)) : ""));
  }

  function correcting() {
    const form = h("form", {});
    const controls = student.fields.map((cell) => [cell, control(cell)]);
    const lines = [...new Set(student.fields.map((cell) => cell.line))];
    form.append(
      h("p", {}, "What you change here is read again at once. Your file itself stays as it is."),
      student.phases ? h("p", {}, student.phases) : "",
      ...lines.map((line) => {
        const own = controls.filter(([cell]) => cell.line === line).map(([cell, box]) => field(sentence(cell.label), box));
        if (!line) return h("div", { class: "own-fields" }, own);
        return h("fieldset", { class: "own-fields" }, h("legend", {}, `Line ${line}`), own);
      }),
      h("div", { class: "practice-actions" },
        h("button", { type: "submit", class: "practice-button practice-main" }, "Read it again")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const changes = controls.filter(([cell, box]) => box.value !== cell.text)
        .map(([cell, box]) => ({ line: cell.line, field: cell.field, text: box.value }));
      if (!changes.length) {
        say("Nothing was changed.");
        return;
      }
      request(one, { type: "correct", at: student.at, changes }, (reply) => {
        take(reply);
        one.querySelector(".practice-name").focus();
        say(`${student.id}: ${student.words}. ${student.why}`);
      });
    });
    return more(`Correct ${student.phases ? "a score, its phase" : "a number"}, the target or the direction`, form);
  }

  function control(cell) {
    if (!cell.choices.length) return h("input", { type: "text", class: "own-box", value: cell.text, autocomplete: "off" });
    return h("select", { class: "own-select" },
      cell.choices.map(([value, words]) => h("option", { value, selected: value === cell.text }, words)));
  }

  const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);

  /** Everything shown again after a change to the whole class. */
  function refresh(reply) {
    const at = student?.at;
    take(reply);
    if (at !== undefined) request(one, { type: "student", at }, (again) => {
      student = again.student;
      showStudent();
    });
  }

  // --- 4. keep a summary

  function showKeeping() {
    keeping.hidden = !state?.students?.length;
    keeping.replaceChildren();
    if (keeping.hidden) return;
    const made = h("div", { class: "own-made" });
    const corrections = state.corrections.length
      ? [heading("Corrected here"), list(state.corrections, ""),
        h("div", { class: "practice-actions" }, button("Take the corrections back", "", () => request(keeping, { type: "undo" }, (reply) => {
          refresh(reply);
          keeping.querySelector(".practice-name").focus();
          say("The corrections are taken back.");
        })))]
      : [];
    keeping.append(
      name("4. Keep a summary"),
      h("p", {}, "A table for your spreadsheet, and a page to read or print, with every student's chart, reasons and next step."),
      ...corrections,
      h("div", { class: "practice-actions" },
        button("Save the summary", "practice-main", () => request(keeping, { type: "save" }, ({ saved }) => showSaved(saved, made)))),
      made, alerts.get(keeping));
  }

  function showSaved(saved, made) {
    const link = (ending, kind, words) => {
      const address = URL.createObjectURL(new Blob([saved.files[ending]], { type: `${kind};charset=utf-8` }));
      links.push(address);
      return h("li", {}, h("a", { class: "own-download", href: address, download: `${saved.name}.${ending}` }, words));
    };
    complain(keeping, saved.trouble);
    made.replaceChildren(
      saved.words ? h("p", {}, saved.words) : "",
      h("ul", { class: "own-links" },
        link("html", "text/html", "Download the page to print"),
        link("csv", "text/csv", "Download the table")));
    if (saved.words) say(saved.words);
  }

  const root = h("section", { class: "practice", "aria-labelledby": title },
    h("header", { class: "practice-head" },
      h("p", { class: "practice-title", id: title }, "Your own data"),
      h("p", { class: "practice-intro" }, model.get("about"))),
    choosing, reading, results, one, keeping, said);

  const freeKeys = keepKeys(root);

  buildChoosing();
  take({ state: null });
  el.append(root);
  request(choosing, { type: "open" }, take);
  return () => {
    clearTimeout(sayTimer);
    links.forEach((address) => URL.revokeObjectURL(address));
    freeKeys();
    close();
  };
}

export default { render };
