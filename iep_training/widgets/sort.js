// Put cards into groups. Joined to base.js and card.js, whose `practice`, `h`, `button` and `sign` it uses.
//
// One card at a time is in hand; pressing a group puts it there and takes up the next. A card that lies in a group is
// taken up again by pressing it. So nothing has to be dragged, and the keyboard does all of it.

const sort = {
  noun: "Sorting",
  headings: { right: "Sorted", good: "Already there", next: "Look again" },
  submit: "Check",
  again: "Start over",
  examples: "Show the answer",
  examplesHeading: "Where each card belongs",
  undoes: true,
  empty: () => ({}),
  autosaves: () => true,

  build(card, changed, tell) {
    let answer = {};
    let inHand = null; // the card to place next
    let said = {}; // by card: what was said of it, and where it lay then

    const names = { hand: newId(), where: newId() };
    const place = h("p", { class: "practice-count" });
    const hand = h("blockquote", { class: "practice-statement", id: names.hand });
    const targets = card.groups.map((group) => button(group.title, "practice-target", () => put(group)));
    const where = h("div", { class: "practice-row", role: "group", "aria-labelledby": names.where }, targets);
    const ask = h("p", { class: "practice-label", id: names.where }, "Where does it belong?");
    const piles = card.groups.map((group) => ({ group, head: h("h4", { class: "practice-heading" }), cards: h("ul", { class: "practice-pile-cards" }) }));
    const node = h("div", {}, place, hand, ask, where,
      h("div", { class: "practice-piles" }, piles.map(({ head, cards }) => h("section", { class: "practice-pile" }, head, cards))));

    const waiting = () => card.cards.filter(({ id }) => !answer[id]);

    function put(group) {
      if (!inHand) return;
      answer = { ...answer, [inHand.id]: group.id };
      inHand = waiting()[0] ?? null;
      changed(answer);
      draw();
      tell(`Placed in ${group.title}. ${inHand ? `Next card: ${inHand.text}` : "All cards are placed."}`);
      if (!inHand) piles.find((pile) => pile.group.id === group.id).cards.querySelector("button")?.focus();
    }

    function take(one) {
      inHand = one;
      draw();
      targets[0].focus();
      tell(`Card in hand: ${one.text}`);
    }

    function draw() {
      const left = waiting().length;
      place.textContent = left ? `${left} of ${card.cards.length} cards to place` : "All cards are placed. Press a card to move it.";
      hand.textContent = inHand?.text ?? "";
      for (const part of [hand, ask, where]) part.hidden = !inHand;
      for (const { group, head, cards } of piles) {
        const here = card.cards.filter(({ id }) => answer[id] === group.id);
        head.textContent = `${group.title} (${here.length})`;
        cards.replaceChildren(...here.map(placed));
      }
    }

    function placed(one) {
      const told = said[one.id]?.group === answer[one.id] ? said[one.id] : null;
      return h("li", { "data-met": told ? String(told.met) : null },
        h("button", { type: "button", class: "practice-card", "aria-pressed": String(inHand === one), on: { click: () => take(one) } },
          told ? sign(told.met) : "", one.text),
        told ? h("p", { class: "practice-why" }, told.message) : "");
    }

    return {
      node,
      write: (saved) => { answer = saved; inHand = waiting()[0] ?? null; draw(); },
      judge: (told, old) => {
        if (old) return; // a card that was moved has lost its mark, the others keep theirs
        said = {};
        told?.criteria.forEach((one, index) => {
          const { id } = card.cards[index];
          said[id] = { ...one, group: answer[id] };
        });
        draw();
      },
      focus: () => (inHand ? targets[0] : node.querySelector(".practice-card"))?.focus(),
    };
  },
};

export default { render: (context) => practice(context, sort) };
