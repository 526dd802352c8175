/** The page of a run in a real browser: its filters, its two looks, narrow and wide, without scripts, and nothing of a cell runs. */
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";
import { installedBrowser, type Tab, withTab } from "./browser.ts";

const browser = await installedBrowser();

const HOSTILE = [
  "<script>window.hacked=1</script>",
  "<img src=x onerror=window.hacked=1>",
  "<b onclick=hacked=1>x</b>",
];

/** A page with rows of all kinds, in the browser. */
function withPage(use: (tab: Tab, path: string) => Promise<void>): Promise<void> {
  return withWorld(async ({ print, scratch }) => {
    const first = ["Ann,030 1,active", "Bob,030 2,active", ...HOSTILE.map((name) => `${name},030 3,active`)];
    const csv = (rows: readonly string[]) =>
      `name,first_name,phone,status,email,org_id->name\n${
        rows.map((row, index) => `Doe,${row},p${index}@example.org,Demo`).join("\n")
      }\n`;
    const parameters = { output: "summary", reconciliationkeys: "email", report: "page.html" };
    await print("Organization", "name\nDemo\n", { output: "summary" });
    await print("Person", csv(first), parameters);
    const next = ["Ann,030 9,active", "Bob,030 2,inactive", ...HOSTILE.map((name) => `${name},${name},active`)];
    await print("Person", csv([...next, "New,030 7,active", `${HOSTILE[1]},030 8,gone`]), parameters);
    const path = scratch.path("page.html");
    await withTab(browser ?? "", scratch.path("profile"), (tab) => use(tab, path));
  });
}

/** What the reader sees of rows: their titles. */
function seen(tab: Tab): Promise<readonly string[]> {
  return tab.value(`[...document.querySelectorAll("article")].filter((one) => one.offsetParent !== null)
    .map((one) => one.querySelector("h3").firstChild.textContent.trim())`);
}

async function filter(tab: Tab, change: string): Promise<readonly string[]> {
  await tab.value(`(async () => { const form = document.getElementById("filters"); ${change};
    form.dispatchEvent(new Event("input", { bubbles: true })); await new Promise((end) => setTimeout(end, 300)); })()`);
  return await seen(tab);
}

function browserTest(name: string, use: (tab: Tab, path: string) => Promise<void>): void {
  Deno.test({
    name: browser === null ? `${name} (left out: there is no browser)` : name,
    ignore: browser === null,
    // The browser's own processes end when they are killed.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () => withPage(use),
  });
}

browserTest("the filters of the page choose rows by words, by changed attribute and by kind", async (tab, path) => {
  await tab.open(path);
  const all = await seen(tab);
  assert(all.length >= 5, String(all));
  assertEquals(await tab.value(`document.getElementById("filters").hidden`), false);
  assertEquals(await filter(tab, `form.words.value = "doe ANN"`), ["Ann Doe"]);
  const byStatus = await filter(tab, `form.words.value = ""; form.attribute.value = "Status"`);
  assertEquals(byStatus.filter((title) => title.startsWith("Ann")), []);
  assert(byStatus.includes("Bob Doe"), String(byStatus));
  const created = await filter(tab, `form.attribute.value = ""; form["show-updated"].checked = false`);
  assert(created.includes("New Doe") && !created.includes("Bob Doe"), String(created));
  assertEquals(await filter(tab, `form["show-updated"].checked = true`), all);
});

browserTest("nothing of a cell runs or is loaded, and the page asks for nothing", async (tab, path) => {
  await tab.open(path);
  await filter(tab, `form.words.value = "hacked"`);
  await tab.value(`document.querySelectorAll("article *").forEach((one) => one.click())`);
  assertEquals(await tab.value("typeof window.hacked"), "undefined");
  assertEquals(await tab.value(`document.querySelectorAll("article img, article script, article b").length`), 0);
  assertEquals(await tab.value(`performance.getEntriesByType("resource").length`), 0);
  const errors = [...tab.events("Runtime.exceptionThrown"), ...tab.events("Log.entryAdded")];
  assertEquals(errors, [], "its own style and script are allowed, and nothing else was tried");
});

browserTest("the page is light or dark as its reader wishes, and fits a telephone", async (tab, path) => {
  const background = async (scheme: string) => {
    await tab.call("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
    await tab.open(path);
    return await tab.value<string>("getComputedStyle(document.body).backgroundColor");
  };
  assertEquals(await background("light"), "rgb(255, 255, 255)");
  assertNotEquals(await background("dark"), "rgb(255, 255, 255)");
  await tab.call("Emulation.setDeviceMetricsOverride", { width: 360, height: 700, deviceScaleFactor: 2, mobile: true });
  await tab.open(path);
  assertEquals(await tab.value("document.documentElement.scrollWidth"), 360, "nothing to scroll to the side");
});

browserTest("without scripts all rows are there, and no filters", async (tab, path) => {
  await tab.open(path);
  const all = await seen(tab);
  await tab.call("Emulation.setScriptExecutionDisabled", { value: true });
  await tab.open(path);
  assertEquals(await seen(tab), all);
  assertEquals(await tab.value(`getComputedStyle(document.getElementById("filters")).display`), "none");
});
