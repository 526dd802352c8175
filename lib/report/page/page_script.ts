/** The filters of the page: without scripts it shows everything, and no filters. It makes no text into HTML. */
export const PAGE_SCRIPT = `
"use strict";
const form = document.getElementById("filters");
if (form !== null) {
  const rows = [...document.querySelectorAll("article")].map((article) => ({
    article,
    text: article.textContent.toLowerCase(),
    attributes: new Set([...article.querySelectorAll("th[data-changed]")].map((cell) => cell.textContent)),
  }));
  const names = new Set(rows.flatMap(({ attributes }) => [...attributes]));
  for (const name of [...names].sort()) form.elements.attribute.append(new Option(name, name));
  form.elements.attribute.hidden = names.size < 2;
  const apply = () => {
    const words = form.elements.words.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
    const attribute = form.elements.attribute.value;
    for (const { article, text, attributes } of rows) {
      article.hidden = !words.every((word) => text.includes(word)) || (attribute !== "" && !attributes.has(attribute));
    }
    for (const section of document.querySelectorAll("section[id]")) {
      const box = form.elements["show-" + section.id];
      section.hidden = box !== undefined && !box.checked;
      const all = section.querySelectorAll("article").length;
      const shown = section.querySelectorAll("article:not([hidden])").length;
      section.querySelector("[data-shown]").textContent = shown === all ? "" : shown + " / " + all;
    }
  };
  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
}
`;
