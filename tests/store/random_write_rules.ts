/** Writes that are held back come to what they come to one by one: sequences of chance, the same ones every time. */
import { assertEquals } from "@std/assert";
import type { StoredValue } from "../../lib/model/model.ts";
import type { ObjectId } from "../../lib/store/object_id.ts";
import { Random } from "../torture/random.ts";
import { SMALL_MODEL } from "./small_model.ts";
import { NOW, type Run, type Suite, World } from "./suite.ts";
import type { OpenedStore } from "./tested_database.ts";

/** A write of a sequence; objects are told by the place at which they were created. */
type Step =
  | { readonly kind: "brand"; readonly name: StoredValue; readonly level: StoredValue }
  | { readonly kind: "product"; readonly brand: number | null }
  | { readonly kind: "rename"; readonly object: number; readonly name: StoredValue }
  | { readonly kind: "level"; readonly object: number; readonly level: StoredValue }
  | { readonly kind: "point"; readonly object: number; readonly brand: number | null }
  | { readonly kind: "remove"; readonly object: number }
  | { readonly kind: "together"; readonly steps: readonly Step[] };

/** What has become of a sequence, without ids. */
interface Outcome {
  readonly refused: readonly string[];
  readonly objects: readonly string[];
  /** By object. */
  readonly log: readonly string[];
}

/** When the writes are asked for: after each, or when chance will. */
type Settle = (run: Run) => Promise<void>;

export function randomWriteRules(suite: Suite): void {
  const ownRules = [...suite.database.ownRules.smallLevel, ...suite.database.ownRules.uniqueLevel];
  const parts = { model: SMALL_MODEL, modelText: "{}", now: NOW, ownRules, fill: () => {} };
  const inNewStore = async (work: (opened: OpenedStore) => Promise<Outcome>): Promise<Outcome> => {
    const outcomes: Outcome[] = [];
    await suite.database.open(parts, async (opened) => void outcomes.push(await work(opened)));
    return outcomes[0] ?? { refused: [], objects: [], log: [] };
  };

  for (let seed = 1; seed <= 12; seed++) {
    suite.test(`writes that wait for each other do what they do one by one (${seed})`, async (world) => {
      const random = new Random(seed);
      const steps = sequence(random, seed % 2 === 0 ? OFTEN : RARELY);
      const waits = random.part("waits");
      const held = await outcomeOf(world.opened, steps, async (run) => {
        if (waits.chance(0.05)) await run.all("Brand", "name");
      });
      const single = await inNewStore((opened) =>
        outcomeOf(opened, steps, async (run) => void await run.all("Brand", "name"))
      );
      assertEquals(held, single);
    }, { ownRules });
  }
}

/** How often something is refused: of this many names and levels, and so many that no brand may have. */
interface Refusals {
  readonly different: number;
  readonly bad: number;
}

const OFTEN: Refusals = { different: 50, bad: 0.1 };
/** Then most writes that wait for each other are done together. */
const RARELY: Refusals = { different: 400, bad: 0.01 };

function sequence(random: Random, refusals: Refusals): Step[] {
  const kinds: string[] = [];
  const steps: Step[] = [];
  for (let index = 0; index < 160; index++) steps.push(step(random, refusals, kinds, true));
  return steps;
}

/** @param kinds of the objects that were handed over before: the ones that were refused, too */
function step(random: Random, refusals: Refusals, kinds: string[], mayGroup: boolean): Step {
  const { different, bad } = refusals;
  const places = (kind: string) => kinds.flatMap((one, place) => one === kind ? [place] : []);
  const brand = () => random.chance(0.2) || places("brand").length === 0 ? null : random.pick(places("brand"));
  const name = random.chance(bad)
    ? random.pick(["", null])
    : `${random.pick(["a", "A", "b"])}${random.int(1, different / 2)}`;
  const level = random.chance(0.4) ? null : random.chance(bad) ? 5000 : random.int(500, 500 + different);
  const kind = random.pick(["brand", "brand", "brand", "product", "rename", "level", "point", "remove", "together"]);
  if (kind === "product") {
    const made = { kind, brand: brand() } as const;
    kinds.push("product");
    return made;
  }
  if (kind === "rename" && places("brand").length > 0) return { kind, object: random.pick(places("brand")), name };
  if (kind === "level" && places("brand").length > 0) return { kind, object: random.pick(places("brand")), level };
  if (kind === "point" && places("product").length > 0) {
    return { kind, object: random.pick(places("product")), brand: brand() };
  }
  if (kind === "remove" && !mayGroup && places("brand").length > 0) {
    return { kind, object: random.pick(places("brand")) };
  }
  if (kind === "together" && mayGroup) {
    return { kind, steps: Array.from({ length: random.int(1, 4) }, () => step(random, refusals, kinds, false)) };
  }
  kinds.push("brand");
  return { kind: "brand", name, level };
}

async function outcomeOf(opened: OpenedStore, steps: readonly Step[], settle: Settle): Promise<Outcome> {
  const ids: ObjectId[] = [];
  const refused: string[] = [];
  const objects = await new World(opened, SMALL_MODEL).run(async (run) => {
    /** The writes of each step, to tell what was refused. */
    const writes = new Map<unknown, number>();
    for (const [place, step] of steps.entries()) {
      if (step.kind !== "together") {
        writes.set(handOver(run, step, ids), place);
        await settle(run);
        continue;
      }
      const refusal = await run.objects.together(async () => {
        for (const part of step.steps) {
          handOver(run, part, ids);
          await settle(run);
        }
      });
      if (refusal !== null) refused.push(`${place} ${refusal.rule} ${refusal.constraint}`);
      // What a failed group has not come to is as if it had: places are those of the sequence.
      while (ids.length < created(steps.slice(0, place + 1))) ids.push(run.objects.newId("Brand"));
    }
    for (const { write, refusal: { rule, constraint } } of await run.objects.settled()) {
      refused.push(`${writes.get(write)} ${rule} ${constraint}`);
    }
    const brands = await run.values("Brand", "id", "name", "level");
    const products = await run.values("Product", "id", "brand_id");
    return [...brands, ...products].map((values) => shown(values, ids));
  });
  const log = (await opened.log()).map((entry) => shown(entry, ids));
  return { refused: refused.sort(), objects, log: log.sort() };
}

function created(steps: readonly Step[]): number {
  return steps.flatMap((step) => step.kind === "together" ? step.steps : [step])
    .filter(({ kind }) => kind === "brand" || kind === "product").length;
}

function handOver(run: Run, step: Step, ids: ObjectId[]): unknown {
  const idAt = (place: number | null) => place === null ? null : ids[place] ?? null;
  const object = "object" in step ? ids[step.object] : undefined;
  if (step.kind === "brand") {
    const write = run.create("Brand", { name: step.name, level: step.level });
    ids.push(write.id);
    return write;
  }
  if (step.kind === "product") {
    const write = run.create("Product", { name: "P", brand_id: idAt(step.brand) });
    ids.push(write.id);
    return write;
  }
  if (object === undefined) throw new Error("a step is about an object that was handed over before");
  if (step.kind === "rename") return run.update("Brand", object, { name: [null, step.name] });
  if (step.kind === "level") return run.update("Brand", object, { level: [null, step.level] });
  if (step.kind === "point") return run.update("Product", object, { brand_id: [null, idAt(step.brand)] });
  if (step.kind === "remove") run.objects.delete("Brand", [object]);
  return null;
}

/** Values with places for the ids. */
function shown(values: readonly StoredValue[], ids: readonly ObjectId[]): string {
  const places = new Map<StoredValue, string>(ids.map((id, place) => [id, `#${place}`]));
  return values.map((value) => places.get(value) ?? value).join(" ");
}
