/** Models made by chance: classes with parents, attributes of every kind, external keys, link sets, uniqueness. */
import type { Random } from "./random.ts";

/** What a cell says and what it stands for. */
export interface Meaning {
  readonly text: string;
  /** The value as it is stored; undefined: the cell is wrong. */
  readonly value: string | number | null | undefined;
}

export type Kind = keyof typeof VALUES;

/** An attribute whose cells stand for themselves. */
export interface PlainAttribute {
  readonly code: string;
  readonly kind: Kind;
  readonly nullAllowed: boolean;
  /** The stored value of a new object for which the file gives none. */
  readonly default: string | number | null;
}

/** The model is `Target` and `Tag`, to which objects refer, and a `Base` with two classes below it. */
export interface RandomModel {
  readonly file: Record<string, unknown>;
  readonly baseIsAbstract: boolean;
  /** Of Base, of One and of Two, inherited ones included. */
  readonly plain: Readonly<Record<LoadedClass, readonly PlainAttribute[]>>;
  readonly targetIsMandatory: boolean;
  /** The attributes that identify an object. */
  readonly keys: readonly ("name" | "target_id")[];
  readonly hasUniqueness: boolean;
}

export const LOADED_CLASSES = ["Base", "One", "Two"] as const;
export type LoadedClass = typeof LOADED_CLASSES[number];

const said = (text: string, value: Meaning["value"] = text): Meaning => ({ text, value });
const wrong = (text: string): Meaning => ({ text, value: undefined });

/** Some cells of each kind. Whether an empty one is allowed depends on the attribute. */
const VALUES = {
  string: [
    ...["a", "A", "b c", "  blanks  ", 'q"uote', "it's", "a,b;c|d\te", "é ü ß", "=1+1", "0"].map((text) => said(text)),
    wrong("too long for its twenty characters"),
    wrong("two\nlines"),
  ],
  text: [said("some text"), said("<p>html</p>"), said("line\nline"), said("x".repeat(300))],
  html: [said("<b>bold</b>"), said("& <i>"), said("plain")],
  email: [said("a@b.co"), said("x.y+z@example.org"), wrong("nobody"), wrong("a@b..co")],
  phone: [said("+33 1 23"), said("0123"), wrong("call me")],
  url: [said("https://example.org/a?b=c"), wrong("example"), wrong("javascript:alert(1)")],
  ip: [said("10.0.0.1"), said("2001:db8::1"), wrong("10.0.0.256"), wrong("1.2.3")],
  ipv4: [said("10.0.0.1"), said("255.255.255.255"), wrong("10.0.0.256"), wrong("::1")],
  enum: [said("low"), said("high"), said("Low", "low"), wrong("other")],
  language: [said("EN US"), said("FR FR"), wrong("XX YY")],
  boolean: [said("yes"), said("NO", "no"), said("1", "yes"), said("True", "yes"), said("off", "no"), wrong("maybe")],
  integer: [said("5", 5), said("-7", -7), said("007", 7), wrong("two"), wrong("1.5"), wrong("99999999999")],
  decimal: [said("1.50", 1.5), said("-.5", -0.5), said("2.500", 2.5), wrong("2.005"), wrong("1,5"), wrong("123456789")],
  date: [said("2024-02-29"), said("2024-3-1", "2024-03-01"), wrong("2023-02-29"), wrong("29/02/2024")],
  datetime: [
    said("2024-02-29 13:05:09"),
    said("2024-2-9 00:00:00", "2024-02-09 00:00:00"),
    wrong("2024-02-29 25:00:00"),
  ],
} satisfies Record<string, readonly Meaning[]>;

const KINDS = Object.keys(VALUES) as Kind[];
const TEXTS: ReadonlySet<Kind> = new Set(["string", "text", "html", "email", "phone", "url", "ip", "ipv4"]);

/** @param mayBeWrong how likely a wrong cell is taken, from 0 to 1 */
export function cellFor(attribute: PlainAttribute, random: Random, mayBeWrong: number): Meaning {
  const nothing = TEXTS.has(attribute.kind) ? "" : null;
  const empty = { text: random.pick(["", "<NULL>"]), value: attribute.nullAllowed ? nothing : undefined };
  const all: readonly Meaning[] = [empty, ...VALUES[attribute.kind]];
  const isWrong = random.chance(mayBeWrong);
  const fitting = all.filter(({ value }) => (value === undefined) === isWrong);
  return random.pick(fitting.length > 0 ? fitting : all);
}

export function randomModel(random: Random): RandomModel {
  let count = 0;
  const some = (most: number) =>
    Array.from({ length: random.int(0, most) }, () => plainAttribute(random, `x${count++}`));
  const [base, one, two] = [some(5), some(4), some(2)];
  const keys = random.chance(0.5) ? ["name"] as const : ["name", "target_id"] as const;
  const model = {
    baseIsAbstract: random.chance(0.5),
    plain: { Base: base, One: [...base, ...one], Two: [...base, ...two] },
    targetIsMandatory: random.chance(0.3),
    keys,
    hasUniqueness: random.chance(0.5),
  };
  return { ...model, file: modelFile(model, base, one, two) };
}

function plainAttribute(random: Random, code: string): PlainAttribute {
  const kind = random.pick(KINDS);
  const nullAllowed = random.chance(0.7);
  const values: readonly Meaning[] = VALUES[kind];
  const good = values.flatMap(({ value }) => value === undefined ? [] : [value]);
  const none = TEXTS.has(kind) ? "" : null;
  // Without a default a new object needs a column for it.
  return { code, kind, nullAllowed, default: random.chance(0.4) ? random.pick(good) : none };
}

function declared({ kind, nullAllowed, default: initial }: PlainAttribute): Record<string, unknown> {
  return {
    kind,
    null: nullAllowed,
    ...initial === null || initial === "" ? {} : { default: initial },
    ...kind === "string" ? { length: 20 } : {},
    ...kind === "enum" ? { values: ["low", "high"] } : {},
    ...kind === "decimal" ? { digits: 8, decimals: 2 } : {},
  };
}

function modelFile(
  model: Omit<RandomModel, "file">,
  base: readonly PlainAttribute[],
  one: readonly PlainAttribute[],
  two: readonly PlainAttribute[],
): Record<string, unknown> {
  const attributes = (list: readonly PlainAttribute[]) =>
    Object.fromEntries(list.map((attribute) => [attribute.code, declared(attribute)]));
  const named = {
    reconciliation_keys: ["name"],
    attributes: { name: { kind: "string", null: false }, note: { kind: "string" } },
  };
  const key = (target: string, mandatory: boolean) => ({ kind: "external_key", target, null: !mandatory });
  const tags = { kind: "link_set", link_class: "BaseTag", key_to_this: "base_id", key_to_remote: "tag_id" };
  return {
    name: "random",
    languages: ["EN US", "FR FR"],
    classes: {
      Target: named,
      Tag: named,
      Base: {
        abstract: model.baseIsAbstract,
        reconciliation_keys: model.keys,
        attributes: {
          name: { kind: "string", null: false },
          serial: { kind: "string" },
          target_id: key("Target", model.targetIsMandatory),
          target_name: { kind: "external_field", key: "target_id", attribute: "name" },
          above_id: { ...key("Base", false), hierarchical: true },
          tags,
          ...attributes(base),
        },
        ...model.hasUniqueness
          ? { unique: [{ name: "serial", attributes: ["serial"], unless_empty: ["serial"] }] }
          : {},
      },
      One: { parent: "Base", attributes: attributes(one) },
      Two: { parent: "Base", attributes: attributes(two) },
      BaseTag: {
        friendly_name: "{base_id} {tag_id}",
        attributes: { base_id: key("Base", true), tag_id: key("Tag", true) },
      },
    },
  };
}
