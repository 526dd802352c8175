/** Cells of link sets, made by chance. */
import { classOf } from "../../lib/model/look_up.ts";
import type { Attribute } from "../../lib/model/model.ts";
import { type Pool, textOf, wrongCell } from "./entangled_cells.ts";

type LinkSet = Extract<Attribute, { readonly kind: "link_set" }>;

const MOST_ITEMS = 4;

/** @param disorder how likely items name partners that others name, in other ways */
export function linksCell(pool: Pool, linkSet: LinkSet, disorder: number): string {
  const { random } = pool;
  if (random.chance(0.12)) return random.pick(["", "", "<NULL>"]);
  const items = Array.from({ length: random.int(1, MOST_ITEMS) }, () => itemOf(pool, linkSet, disorder));
  return [...new Set(items)].join("|");
}

function itemOf(pool: Pool, { linkClass, keyToThis, keyToRemote }: LinkSet, disorder: number): string {
  const { random } = pool;
  const { attributes } = classOf(pool.model, linkClass);
  const pieces = [...partner(pool, linkClass, keyToRemote)];
  for (const attribute of attributes.values()) {
    const isOwn = ![keyToThis, keyToRemote].includes(attribute.code) && !COMPUTED.has(attribute.kind);
    if (!isOwn || !random.chance(0.3)) continue;
    if (attribute.kind === "external_key") pieces.push(...partner(pool, linkClass, attribute.code));
    else pieces.push(`${attribute.code}:${textOf(pool, linkClass, attribute, random.int(0, 3))}`);
  }
  if (random.chance(pool.mayBeWrong)) pieces.push(random.pick(["nope:1", "nonsense", `role:${wrongCell(random)}`]));
  return random.chance(disorder) ? random.shuffled(pieces).join(";") : pieces.join(";");
}

const COMPUTED: ReadonlySet<Attribute["kind"]> = new Set([
  "external_field",
  "friendly_name",
  "final_class",
  "obsolescence_flag",
  "obsolescence_date",
]);

function partner(pool: Pool, linkClass: string, key: string): readonly string[] {
  const { random, model, spread } = pool;
  const attribute = classOf(model, linkClass).attributes.get(key);
  if (attribute?.kind !== "external_key") return [];
  const target = classOf(model, attribute.target);
  const number = random.int(0, Math.min(spread, 6) - 1);
  const by = (code: string) => {
    const remote = target.attributes.get(code);
    return remote === undefined ? [] : [`${key}->${code}:${textOf(pool, target.code, remote, number, 1)}`];
  };
  const name = [...by("name"), ...by("login")];
  const id = `${key}:${(target.code === "URP_Profiles" ? number % 3 : number) + 1}`;
  const ways = [name, name, name, [id], [id], by("code"), [...name, ...by("code")], by("friendlyname")];
  return random.pick(ways.filter((way) => way.length > 0));
}
