/** Cells made by chance for whatever attribute of a model: texts of few numbers, so that rows mean the same objects again and again. */
import { classOf } from "../../lib/model/look_up.ts";
import type { Attribute, Model } from "../../lib/model/model.ts";
import type { Random } from "./random.ts";

/** What cells are drawn of. */
export interface Pool {
  readonly model: Model;
  readonly random: Random;
  /** Numbers of objects. */
  readonly spread: number;
  /** How likely a cell is one that no attribute takes, or refers to nothing, from 0 to 1. */
  readonly mayBeWrong: number;
}

/** Letters before the numbers of texts, by class for names; the first number of each has an accent. */
const NAMES: Readonly<Record<string, string>> = { Org: "O", Tag: "T", Site: "S" };
const PROFILES = ["Administrator", "Loader", "Accounts"];
const DEEPEST = 4;

/** @param number of the object, or of anything that has one */
export function textOf(pool: Pool, modelClass: string, attribute: Attribute, number: number, depth = 0): string {
  const { model, random } = pool;
  switch (attribute.kind) {
    case "enum":
      return random.pick(attribute.values).code;
    case "language":
      return random.pick(model.languages);
    case "boolean":
      return random.pick(["yes", "no"]);
    case "integer":
    case "decimal":
      return String(random.chance(0.5) ? number : random.int(0, 3));
    case "date":
    case "datetime":
      return `2024-02-0${random.int(1, 3)}`;
    case "final_class":
      return random.pick(classOf(model, modelClass).concreteClasses);
    case "external_key":
      return depth === 0 ? String(number + 1) : nameOf(pool, attribute.target, number, depth + 1);
    case "external_field":
      return remoteText(pool, modelClass, attribute, number, depth);
    case "friendly_name":
      return nameOf(pool, modelClass, number, depth + 1);
    case "password":
      return random.pick(["Pass-Word1", "Pass-Word2"]);
    default:
      return plainText(modelClass, attribute.code, number);
  }
}

function plainText(modelClass: string, code: string, number: number): string {
  if (code === "login") return `u${number}`;
  if (modelClass === "URP_Profiles") return PROFILES[number % PROFILES.length] ?? "";
  const letter = code === "name" ? NAMES[modelClass] ?? "N" : code.charAt(0);
  return number === 0 && code === "name" ? `É${letter}` : `${letter}${number}`;
}

function remoteText(pool: Pool, modelClass: string, attribute: Attribute, number: number, depth: number): string {
  if (attribute.kind !== "external_field" || depth > DEEPEST) return "";
  const key = classOf(pool.model, modelClass).attributes.get(attribute.key);
  if (key?.kind !== "external_key") return "";
  const target = classOf(pool.model, key.target);
  const remote = target.attributes.get(attribute.attribute);
  return remote === undefined ? String(number + 1) : textOf(pool, target.code, remote, number, depth + 1);
}

/** The friendly name that an object of a number would have, were all its attributes of that number, or its keys to its own class empty. */
function nameOf(pool: Pool, modelClass: string, number: number, depth: number): string {
  const { friendlyName, attributes, root } = classOf(pool.model, modelClass);
  if (depth > DEEPEST) return "";
  return friendlyName.map((part) => {
    if ("text" in part) return part.text;
    const attribute = attributes.get(part.attribute);
    const isOwn = attribute?.kind === "external_key" && classOf(pool.model, attribute.target).root === root;
    if (isOwn && pool.random.chance(0.7)) return "";
    return attribute === undefined ? "" : textOf(pool, modelClass, attribute, number, depth);
  }).join("").trim();
}

/** Another spelling of what is the same, or the text itself. */
export function spelt(text: string, random: Random): string {
  if (random.chance(0.8)) return text;
  return random.pick([text.toUpperCase(), text.toLowerCase(), `${text} `, text.normalize("NFD"), ` ${text}`]);
}

const WRONG = ["nobody", "x\0y", "99", "-1", "a very long text, longer than any that is taken", "1.5.5", "=:="];

export function wrongCell(random: Random): string {
  return random.pick(WRONG);
}
