/** Files made by chance that fit a random model, or nearly fit it. */
import { ROWS_TOGETHER } from "../../lib/reconcile/row_dependence.ts";
import type { Random } from "./random.ts";
import { cellFor, type LoadedClass, type Meaning, type PlainAttribute, type RandomModel } from "./random_model.ts";

/** Objects of Target and Tag, by id from 1; the last two Targets have the same name. */
export const TARGETS = ["t1", "t2", "same", "same"] as const;
export const TAGS = ["g1", "g2", "g3"] as const;

/** A column: an attribute, or the way to an external key's target. */
export type Column =
  | { readonly header: string; readonly kind: "plain"; readonly attribute: PlainAttribute }
  | { readonly header: string; readonly kind: "name" | "serial" | "target" | "above" | "tags" };

export interface RandomFile {
  readonly class: LoadedClass;
  readonly columns: readonly Column[];
  /** Cells by column; a row may have one cell too few. */
  readonly rows: readonly (readonly Meaning[])[];
}

/** @param earlier names of objects that earlier files have made */
export function randomFile(
  model: RandomModel,
  modelClass: LoadedClass,
  earlier: readonly string[],
  random: Random,
): RandomFile {
  const columns = columnsOf(model, modelClass, random);
  const hasRepeats = random.chance(0.5);
  const names = namesOf(earlier, hasRepeats, random);
  const mayBeWrong = random.pick([0, 0, 0.03, 0.1]);
  const rows = names.map((name, index) => {
    const row = columns.map((column) => cellOf(column, { name, before: names.slice(0, index), random, mayBeWrong }));
    return mayBeWrong > 0 && random.chance(0.03) ? row.slice(1) : row;
  });
  return { class: modelClass, columns, rows };
}

/** Names of the rows: a few, or more than are worked together. */
function namesOf(earlier: readonly string[], hasRepeats: boolean, random: Random): readonly string[] {
  const isLong = random.chance(0.1);
  const count = isLong ? ROWS_TOGETHER + random.int(1, 60) : random.int(1, 14);
  const fresh = Array.from({ length: isLong && !hasRepeats ? count : 12 }, (_, index) => `n${index}`);
  const names = [...new Set([...earlier, ...fresh])];
  return hasRepeats ? Array.from({ length: count }, () => random.pick(names)) : random.shuffled(names).slice(0, count);
}

function columnsOf(model: RandomModel, modelClass: LoadedClass, random: Random): Column[] {
  const plain = model.plain[modelClass].filter(() => random.chance(0.85))
    .map((attribute): Column => ({ header: attribute.code, kind: "plain", attribute }));
  const target: Column = { header: random.pick(["target_id", "target_id->name", "target_name"]), kind: "target" };
  const hasTarget = model.keys.includes("target_id") || random.chance(0.8);
  const columns: Column[] = [{ header: "name", kind: "name" }, ...plain, ...hasTarget ? [target] : []];
  if (random.chance(0.5)) columns.push({ header: "serial", kind: "serial" });
  if (random.chance(0.5)) columns.push({ header: random.pick(["above_id->name"]), kind: "above" });
  if (random.chance(0.5)) columns.push({ header: "tags", kind: "tags" });
  return random.shuffled(columns);
}

interface Place {
  readonly name: string;
  /** Names of the rows before. */
  readonly before: readonly string[];
  readonly random: Random;
  readonly mayBeWrong: number;
}

function cellOf(column: Column, { name, before, random, mayBeWrong }: Place): Meaning {
  const isWrong = random.chance(mayBeWrong);
  const text = (value: string) => ({ text: value, value });
  switch (column.kind) {
    case "plain":
      return cellFor(column.attribute, random, mayBeWrong);
    case "name":
      if (isWrong) return { text: `${name}\0${random.pick(["x", "y"])}`, value: undefined };
      return text((random.chance(0.2) ? name.toUpperCase() : name) + (random.chance(0.15) ? " " : ""));
    case "serial":
      // A serial stays with its name, so that one in error today is in error tomorrow.
      return text(random.pick(["", `s-${name}`, isWrong ? `S-${before[0] ?? name}` : ""]));
    case "target":
      return text(targetCell(column.header, isWrong, random));
    case "above":
      return text(isWrong ? "nobody" : random.chance(0.5) || before.length === 0 ? "" : random.pick(before));
    case "tags":
      return text(tagsCell(isWrong, random));
  }
}

function targetCell(header: string, isWrong: boolean, random: Random): string {
  if (header === "target_id") return isWrong ? random.pick(["99", "x", "01"]) : random.pick(["", "1", "2", "3"]);
  return isWrong ? random.pick(["same", "none", "T9"]) : random.pick(["", "t1", "T2"]);
}

function tagsCell(isWrong: boolean, random: Random): string {
  const items = random.shuffled(TAGS).slice(0, random.int(0, TAGS.length));
  const written = items.map((tag) => random.chance(0.5) ? `tag_id->name:${tag}` : `tag_id:${TAGS.indexOf(tag) + 1}`);
  return [...written, ...isWrong ? [random.pick(["tag_id:77", "nope:1", "nonsense"])] : []].join("|");
}

/** How a file is written. */
export interface Form {
  readonly separator: string;
  readonly qualifier: string;
  /** Order of the columns: indexes. */
  readonly order?: readonly number[];
}

/** The text of a file; every cell is qualified, but for null. */
export function fileText({ columns, rows }: RandomFile, { separator, qualifier, order }: Form): string {
  const indexes = order ?? columns.map((_, index) => index);
  const write = (text: string) =>
    text === "<NULL>" ? text : `${qualifier}${text.replaceAll(qualifier, qualifier + qualifier)}${qualifier}`;
  const line = (cells: readonly string[]) => {
    const ordered = cells.length === columns.length ? indexes.map((index) => cells[index] ?? "") : cells;
    return ordered.map(write).join(separator) + "\n";
  };
  return [columns.map(({ header }) => header), ...rows.map((row) => row.map(({ text }) => text))].map(line).join("");
}
