import { assertEquals } from "@std/assert";
import { NamedLocks, Semaphore } from "../../../lib/server/login/semaphore.ts";

/** Works that end when they are told to, and the order of what happens. */
class Works {
  readonly events: string[] = [];
  readonly #ends = new Map<string, () => void>();

  work(name: string): () => Promise<string> {
    return async () => {
      this.events.push(`${name} begins`);
      await new Promise<void>((resolve) => this.#ends.set(name, resolve));
      this.events.push(`${name} ends`);
      return name;
    };
  }

  async end(name: string): Promise<void> {
    this.#ends.get(name)?.();
    await settled();
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

Deno.test("so many work at a time, the others in the order in which they came", async () => {
  const turns = new Semaphore(2);
  const works = new Works();
  const all = ["a", "b", "c", "d"].map((name) => turns.run(works.work(name)));
  await settled();
  for (const name of ["b", "a", "c", "d"]) await works.end(name);
  assertEquals(await Promise.all(all), ["a", "b", "c", "d"]);
  assertEquals(works.events, [
    "a begins",
    "b begins",
    "b ends",
    "c begins",
    "a ends",
    "d begins",
    "c ends",
    "d ends",
  ]);
});

Deno.test("works of one name come one after another, whatever becomes of them, those of another beside them", async () => {
  const turns = new NamedLocks();
  const works = new Works();
  const failed = turns.run("x", () => Promise.reject(new Error("failed"))).catch((error: Error) => error.message);
  const all = [
    failed,
    turns.run("x", works.work("x1")),
    turns.run("x", works.work("x2")),
    turns.run("y", works.work("y")),
  ];
  await settled();
  assertEquals(works.events, ["y begins", "x1 begins"]);
  for (const name of ["x1", "x2", "y"]) await works.end(name);
  assertEquals(await Promise.all(all), ["failed", "x1", "x2", "y"]);
  assertEquals(works.events, ["y begins", "x1 begins", "x1 ends", "x2 begins", "x2 ends", "y ends"]);
});
