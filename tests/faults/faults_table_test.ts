/** No fault is forgotten: each has tests of its input and of its kind, in other classes and by other ways in. */
import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { ALL_FAULTS } from "./all_faults.ts";
import { ELSEWHERE } from "./elsewhere.ts";

/** The input, and two more of its kind. */
const LEAST = 3;

/** By number: those that lose data, and of the awkward ones those that are no wish for a parameter. */
const NUMBERED = [
  ...["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13"],
  ...["19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "33", "34", "35", "36", "37", "39"],
  ...["68", "71", "72", "73", "74"],
];

function textOf(file: string): string {
  return Deno.readTextFileSync(fromFileUrl(new URL(`../${file}`, import.meta.url)));
}

Deno.test("every fault by its number has its own input and two more as cases, each in more than one class or model", () => {
  for (const fault of NUMBERED) {
    const cases = ALL_FAULTS.filter((one) => one.fault === fault);
    assert(cases.length >= LEAST, `${fault} has ${cases.length} cases`);
    const classes = new Set(cases.map(({ load, model }) => `${model ?? "workshop"} ${load.class}`));
    assert(classes.size > 1, `${fault} is tried with ${[...classes]} only`);
  }
});

Deno.test("names of cases are different", () => {
  const names = ALL_FAULTS.map(({ fault, title }) => `${fault}: ${title}`);
  assertEquals(names.filter((name, index) => names.indexOf(name) !== index), []);
});

Deno.test("the tests that are elsewhere are there", () => {
  for (const [fault, tests] of Object.entries(ELSEWHERE)) {
    for (const [file, name] of tests) {
      const isThere = textOf(file).replaceAll(/"\s*\+\s*"/g, "").includes(name);
      assert(isThere, `${fault}: tests/${file} has no test ${name}`);
    }
  }
});
