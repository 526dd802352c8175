/** Files made by chance for an entangled model: rows that mean the same objects, rename what others refer to, swap values, move links. */
import { classOf } from "../../lib/model/look_up.ts";
import type { Attribute, ModelClass } from "../../lib/model/model.ts";
import { type Pool, spelt, textOf, wrongCell } from "./entangled_cells.ts";
import { linksCell } from "./entangled_links.ts";
import type { Random } from "./random.ts";

export interface EntangledFile {
  readonly class: string;
  readonly csv: string;
  readonly params: Readonly<Record<string, string>>;
}

/** How wild a file is. */
export interface Wildness {
  readonly rows: number;
  /** How likely a row says something of another object than of the one that it means, from 0 to 1. */
  readonly disorder: number;
}

interface Column {
  readonly header: string;
  /** What stands in its cells. */
  readonly class: string;
  readonly attribute: Attribute | "id";
  /** The external key that it is a part of; null: it says something of the row's own object. */
  readonly key: string | null;
  readonly mayBeEmpty: boolean;
}

export function entangledFile(pool: Pool, modelClass: string, { rows, disorder }: Wildness): EntangledFile {
  const { random, model } = pool;
  const loaded = classOf(model, modelClass);
  const keys = ownKeys(pool, loaded);
  const keyHeaders = new Set(keys.map(({ header }) => header));
  const others = otherColumns(pool, loaded).filter(({ header }) => !keyHeaders.has(header));
  const columns = random.shuffled([...keys, ...others]);
  const numbers = numbersOf(pool, rows);
  const lines = numbers.map((number) => rowOf(pool, columns, number, disorder));
  const given = random.chance(0.8) || keys.length === 0 ? { reconciliationkeys: [...keyHeaders].join(",") } : {};
  return {
    class: modelClass,
    csv: [columns.map(({ header }) => header), ...lines].map((line) => line.map(quoted).join(",")).join("\n") + "\n",
    params: { ...keys.length > 0 ? given : {}, ...keyParameters(random, columns) },
  };
}

/** Mostly each once, else with some again. */
function numbersOf({ random, spread }: Pool, rows: number): readonly number[] {
  const all = Array.from({ length: spread }, (_, number) => number);
  if (random.chance(0.4)) return random.shuffled(all).slice(0, rows);
  if (random.chance(0.5)) return Array.from({ length: rows }, () => random.int(0, spread - 1));
  return Array.from({ length: rows }, (_, index) => index % spread);
}

/** The columns by which rows mean their objects. */
function ownKeys(pool: Pool, loaded: ModelClass): readonly Column[] {
  const { random } = pool;
  const of = (code: string) => columnsFor(pool, loaded, code);
  const has = (code: string) => loaded.attributes.has(code);
  const usual = loaded.reconciliationKeys.filter(has).flatMap(of);
  const single = ["name", "code", "serial", "login"].filter(has);
  const ways = [
    () => usual,
    () => usual,
    () => single.length > 0 ? of(random.pick(single)) : usual,
    () => of("friendlyname"),
    () => [ID],
    () => ["name", random.pick(["parent_id", "boss_id", "site_id", "org_id"])].filter(has).flatMap(of),
  ];
  const chosen = random.pick(random.chance(0.85) ? ways.slice(0, 3) : ways)();
  return chosen.length > 0 ? chosen : [ID];
}

const ID: Column = { header: "id", class: "", attribute: "id", key: null, mayBeEmpty: true };

function otherColumns(pool: Pool, loaded: ModelClass): readonly Column[] {
  const { random } = pool;
  const likely = random.pick([0.3, 0.6, 0.9]);
  const columns: Column[] = [];
  for (const [code, attribute] of loaded.attributes) {
    if (attribute.kind === "external_field" || COMPUTED.has(attribute.kind)) continue;
    const isNeeded = ("nullAllowed" in attribute && !attribute.nullAllowed) || code === "profile_list";
    if (random.chance(isNeeded ? 0.95 : likely)) columns.push(...columnsFor(pool, loaded, code));
  }
  return columns;
}

const COMPUTED: ReadonlySet<Attribute["kind"]> = new Set([
  "friendly_name",
  "final_class",
  "obsolescence_flag",
  "obsolescence_date",
  "object_list",
]);

/** One column, or those that tell the target of an external key. */
function columnsFor(pool: Pool, loaded: ModelClass, code: string): readonly Column[] {
  const attribute = loaded.attributes.get(code);
  if (attribute === undefined) return [];
  const mayBeEmpty = !("nullAllowed" in attribute) || attribute.nullAllowed;
  if (attribute.kind !== "external_key") {
    return [{ header: code, class: loaded.code, attribute, key: null, mayBeEmpty: mayBeEmpty && code !== "name" }];
  }
  const target = classOf(pool.model, attribute.target);
  return headersOfKey(pool.random, loaded, code, target).map(([header, remote, of]) => ({
    header,
    class: of.code,
    attribute: remote === "id" ? "id" : of.attributes.get(remote) ?? "id",
    key: code,
    mayBeEmpty,
  }));
}

type KeyHeader = readonly [header: string, attribute: string, of: ModelClass];

function headersOfKey(random: Random, loaded: ModelClass, code: string, target: ModelClass): readonly KeyHeader[] {
  const through = (remote: string): KeyHeader => [`${code}->${remote}`, remote, target];
  const first = ["name", "login"].find((remote) => target.attributes.has(remote));
  const fields: readonly KeyHeader[] = [...loaded.attributes.values()].flatMap((attribute): KeyHeader[] =>
    attribute.kind === "external_field" && attribute.key === code && target.attributes.has(attribute.attribute) &&
      !attribute.code.includes("friendlyname") && !attribute.code.includes("obsol")
      ? [[attribute.code, attribute.attribute, target]]
      : []
  );
  const further = [...target.attributes.values()].flatMap((attribute) =>
    attribute.kind === "external_key" ? [attribute.code] : []
  );
  const name = first === undefined ? [] : [through(first)];
  const ways: (readonly KeyHeader[])[] = [name, name, name, name, [[code, "id", target]]];
  if (target.attributes.has("code")) ways.push([through("code")], [through("code"), ...name]);
  if (fields.length > 0) ways.push([random.pick(fields)]);
  // What nodes have above them is drawn: names made of that, and ways over it, rarely lead anywhere.
  const isDrawn = target.root === loaded.root;
  if (!isDrawn || random.chance(0.3)) ways.push([through("friendlyname")]);
  if (further.length > 0 && (!isDrawn || random.chance(0.1))) ways.push([...name, through(random.pick(further))]);
  return random.pick(ways.filter((way) => way.length > 0));
}

function rowOf(pool: Pool, columns: readonly Column[], number: number, disorder: number): readonly string[] {
  const { random, spread } = pool;
  const other = () => random.int(0, spread - 1);
  // Columns of one key tell of one object, mostly.
  const targets = new Map(columns.map(({ key }) => [key, random.chance(0.3) ? null : other()]));
  return columns.map((column) => {
    const { attribute, key, mayBeEmpty } = column;
    // What was once a password is looked for everywhere.
    const isPassword = attribute !== "id" && attribute.kind === "password";
    if (!isPassword && random.chance(pool.mayBeWrong)) return wrongCell(random);
    if (attribute !== "id" && attribute.kind === "link_set") return linksCell(pool, attribute, disorder);
    const target = targets.get(key) ?? null;
    if (key !== null && target === null && mayBeEmpty) return random.pick(["", "", "<NULL>"]);
    if (key === null && mayBeEmpty && random.chance(0.15)) return "";
    const meant = random.chance(disorder) ? other() : key === null ? number : target ?? other();
    if (attribute === "id") return String(meant + 1);
    return spelt(textOf(pool, column.class, attribute, meant, key === null ? 0 : 1), random);
  });
}

function keyParameters(random: Random, columns: readonly Column[]): Readonly<Record<string, string>> {
  const keys = [...new Set(columns.flatMap(({ key }) => key === null ? [] : [key]))];
  const named = [...new Set(columns.flatMap(({ key, header }) => key !== null && header.includes("->") ? [key] : []))];
  return {
    ...keys.length > 0 && random.chance(0.12) ? { second_pass: random.shuffled(keys).slice(0, 2).join(",") } : {},
    ...named.length > 0 && random.chance(0.15) ? { create_targets: random.shuffled(named).slice(0, 2).join(",") } : {},
  };
}

function quoted(text: string): string {
  return text === "<NULL>" ? text : `"${text.replaceAll('"', '""')}"`;
}
