// The site's pages: say what stands in the way at this address, and bring the course while the visitor reads.

import { bringAll, obstacle } from "./site.js";

const notice = document.getElementById("notice");
const ready = document.getElementById("ready");
const trouble = obstacle();

if (notice && trouble) {
  notice.textContent = trouble;
  notice.hidden = false;
}

const sparing = navigator.connection?.saveData; // a visitor who pays by the megabyte
if (ready && !trouble && !sparing) {
  const { megabytes } = ready.dataset;
  bringAll((share, stopped) => {
    if (share === 1) ready.textContent = "The course is in this browser: it opens quickly, and without internet too.";
    else if (!stopped)
      ready.textContent = `The first visit brings about ${megabytes} MB to this browser: ${Math.floor(share * 100)}% is here. You may start before that.`;
  }).catch(() => {});
}
