/** Searches that read much: long texts, and many values. */
import { assertEquals } from "@std/assert";
import type { Suite } from "./suite.ts";

/** More than a row has that comes along with others. */
const LONG = "log ".repeat(5000);

export function longValueRules(suite: Suite): void {
  suite.inRun("a search reads very many values", async (run) => {
    const roe = run.add("Person", { name: "Roe", first_name: "Al" });
    const read = Array.from({ length: 250 }, (_, index) => index % 2 === 0 ? "name" : "first_name");
    assertEquals(await run.find({ class: "Person", conditions: ["name"], read }, ["Roe"]), {
      kind: "one",
      object: { id: roe, class: "Person", values: read.map((code) => code === "name" ? "Roe" : "Al") },
    });
  });

  suite.inRun("the values of objects with long texts are there when they are asked for", async (run) => {
    const ids = ["a", "b", "c"].map((login) =>
      run.add("Account", { login, log: login === "b" ? "short" : LONG + login })
    );
    const search = run.search({ class: "Account", conditions: ["login"], read: ["log", "login"] });
    const matches = await search.find([["a"], ["b"], ["c"]]);
    const values = matches.map((match) => match.kind === "one" ? search.valuesOf(match.object) : match.kind);
    assertEquals(await Promise.all(values), [[LONG + "a", "a"], ["short", "b"], [LONG + "c", "c"]]);
    const [first, , third] = ids;
    if (first === undefined || third === undefined) throw new Error("three were created");
    run.update("Account", third, { log: [LONG + "c", LONG + "d"] });
    const [again] = await search.find([["c"]]);
    assertEquals(again?.kind === "one" && await search.valuesOf(again.object), [LONG + "d", "c"]);
    const [all] = await search.all(["A"]);
    assertEquals([all?.id, all && await search.valuesOf(all)], [first, [LONG + "a", "a"]]);
  });

  suite.inRun("very many values are read from a long object, too", async (run) => {
    run.add("Account", { login: "a", log: LONG });
    const read = Array.from({ length: 250 }, (_, index) => index === 120 ? "log" : "login");
    const search = run.search({ class: "Account", conditions: ["login"], read });
    const [match] = await search.find([["a"]]);
    const values = match?.kind === "one" && await search.valuesOf(match.object);
    assertEquals(values, read.map((code) => code === "log" ? LONG : "a"));
  });
}
