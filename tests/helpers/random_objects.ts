/** Objects made by chance for every class of any model, with attributes of every kind. */
import { DatabaseSync } from "node:sqlite";
import { isColumn } from "../../lib/model/look_up.ts";
import type { Attribute, ColumnAttribute, Model, ModelClass } from "../../lib/model/model.ts";
import type { Random } from "../torture/random.ts";
import type { Loading } from "./loading.ts";

/** Text that is easily lost on its way through CSV, or taken for something else. */
const TEXTS = [
  "plain",
  "  blanks  ",
  'q"uote',
  "a,b;c|d\te",
  "é ü ß",
  "Zu\u0308rich",
  "=1+1",
  "0",
  "00501",
  "NULL",
  "'tis",
  "it's: a|b;c",
  "`~^\\",
  "1e10",
  "<b>bold</b> & more",
];
const LONG_TEXTS = [...TEXTS, "two\nlines", "a\r\nb", "\nfirst", "==== no heading ====\n"];

/** Gives a cell for a value of each kind; what is left out has no values of its own. */
const CELLS: { readonly [kind in Attribute["kind"]]?: (random: Random) => string } = {
  string: (random) => random.pick(TEXTS),
  text: (random) => random.pick(LONG_TEXTS),
  html: (random) => random.pick(LONG_TEXTS),
  email: (random) => random.pick(["a@b.co", "x.y@example.org"]),
  phone: (random) => random.pick(["+33 1 23", "0123"]),
  url: (random) => random.pick(["https://example.org/a?b=c", "http://localhost/"]),
  ip: (random) => random.pick(["10.0.0.1", "2001:db8::1"]),
  ipv4: (random) => random.pick(["10.0.0.1", "255.255.255.255"]),
  boolean: (random) => random.pick(["yes", "no"]),
  integer: (random) => String(random.pick([0, 5, -7, 2147483647])),
  date: (random) => random.pick(["2024-02-29", "1970-01-01"]),
  datetime: (random) => random.pick(["2024-02-29 13:05:09", "1970-01-01 00:00:00"]),
  password: () => "secret",
  case_log: (random) => random.pick(["", ...LONG_TEXTS]),
};

/**
 * Loads some objects of every concrete class; what breaks a rule of the model is left out. Classes go round several times, so that external
 * keys find targets.
 * @param columns more columns for a class and their cells, such as link sets that it needs
 */
export async function loadRandomObjects(
  { load, database }: Loading,
  model: Model,
  random: Random,
  columns: (modelClass: ModelClass) => Readonly<Record<string, string>> = () => ({}),
): Promise<void> {
  const concrete = [...model.classes.values()].filter((one) => !one.abstract);
  for (let round = 0; round < 3; round++) {
    for (const one of random.shuffled(concrete)) {
      const more = columns(one);
      const attributes = [...one.attributes.values()].filter(isColumn).filter(({ code }) => !(code in more));
      const rows = Array.from({ length: 3 }, (_, index) => [
        ...attributes.map((attribute) =>
          cellOf(attribute, { model, class: one, database, random }, `${round}${index}`)
        ),
        ...Object.values(more),
      ]);
      const csv = csvText([...attributes.map(({ code }) => code), ...Object.keys(more)], rows);
      await load(one.code, csv, keysOf(one).length === 0 ? {} : { reconciliationkeys: keysOf(one).join() });
    }
  }
}

/** Those of a class that has none of its own: links are known by what they link, others by their first attribute. */
function keysOf({ reconciliationKeys, attributes }: ModelClass): string[] {
  if (reconciliationKeys.length > 0) return [];
  const columns = [...attributes.values()].filter(isColumn);
  const links = columns.filter(({ kind }) => kind === "external_key");
  return (links.length > 0 ? links : columns.slice(0, 1)).map(({ code }) => code);
}

interface Place {
  readonly model: Model;
  readonly class: ModelClass;
  readonly database: string;
  readonly random: Random;
}

/** @param distinct begins what identifies an object */
function cellOf(
  attribute: ColumnAttribute,
  { model, class: modelClass, database, random }: Place,
  distinct: string,
): string {
  const isKey = modelClass.reconciliationKeys.includes(attribute.code);
  if (attribute.nullAllowed && !isKey && random.chance(0.3)) return "";
  switch (attribute.kind) {
    case "external_key": {
      const ids = idsOf(database, attribute.target);
      return ids.length === 0 ? "" : random.pick(ids);
    }
    case "language":
      return random.pick(model.languages);
    case "enum":
      return random.pick(attribute.values).code;
    case "decimal":
      return random.pick(["0", "1.5", "-2"]);
    case "string":
      return [...`${isKey ? `${distinct} ` : ""}${CELLS.string?.(random)}`].slice(0, attribute.maxLength).join("");
    default:
      return CELLS[attribute.kind]?.(random) ?? "";
  }
}

function idsOf(database: string, code: string): string[] {
  const opened = new DatabaseSync(database, { readOnly: true });
  try {
    return opened.prepare(`SELECT id FROM "view_${code}" ORDER BY id`).all().map(({ id }) => String(id));
  } finally {
    opened.close();
  }
}

/** A file whose cells are all qualified; null is an empty cell. */
export function csvText(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null) => value === null ? "" : `"${String(value).replaceAll('"', '""')}"`;
  return [header, ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
}
