/** A model whose external keys do something when their target is deleted: boxes in boxes, what lies in them, who looks after them. */
import type { Attribute, ExternalKeyAttribute, Model } from "../../lib/model/model.ts";
import { modelClass, modelOf } from "./small_model.ts";

const NO_WORDS = { declaredBy: "", labels: new Map<string, string>(), aliases: new Map<string, readonly string[]>() };
const NAME: Attribute = {
  ...NO_WORDS,
  code: "name",
  kind: "string",
  nullAllowed: false,
  default: "",
  maxLength: 255,
  countsCase: false,
};
const NOTE: Attribute = {
  ...NO_WORDS,
  code: "note",
  kind: "string",
  nullAllowed: true,
  default: "",
  maxLength: 255,
  countsCase: false,
};
const WEIGHT: Attribute = {
  ...NO_WORDS,
  code: "weight",
  kind: "decimal",
  nullAllowed: true,
  default: null,
  digits: 9,
  decimals: 3,
};
const FRIENDLY_NAME: Attribute = { ...NO_WORDS, code: "friendlyname", kind: "friendly_name" };
const REAL_CLASS: Attribute = { ...NO_WORDS, code: "finalclass", kind: "final_class" };

function key(code: string, target: string, onDelete: ExternalKeyAttribute["onDelete"], nullAllowed = true): Attribute {
  return { ...NO_WORDS, code, kind: "external_key", target, nullAllowed, hierarchical: false, onDelete };
}

const OF_THINGS = [NAME, NOTE, key("box_id", "Box", "cascade"), REAL_CLASS, FRIENDLY_NAME];

/** `Box.in_id` goes with its box, `Box.like_id` is emptied; `Sealed.seal_id` forbids, `Label.of_id` is emptied although it must not be. */
export const DELETION_MODEL: Model = {
  ...modelOf([
    modelClass("Box", {
      attributes: [NAME, WEIGHT, key("in_id", "Box", "cascade"), key("like_id", "Box", "set_null"), FRIENDLY_NAME],
    }),
    modelClass("Thing", { abstract: true, concreteClasses: ["Tool", "Toy"], attributes: OF_THINGS }),
    modelClass("Tool", {
      parent: "Thing",
      root: "Thing",
      attributes: [...OF_THINGS, key("spare_id", "Tool", "set_null"), key("part_of_id", "Tool", "cascade")],
    }),
    modelClass("Toy", {
      parent: "Thing",
      root: "Thing",
      attributes: [...OF_THINGS, key("friend_id", "Toy", "set_null"), key("fixed_by_id", "Tool", "set_null")],
    }),
    modelClass("Sealed", { attributes: [NAME, key("seal_id", "Box", "restrict"), FRIENDLY_NAME] }),
    modelClass("Label", { attributes: [NAME, key("of_id", "Box", "set_null", false), FRIENDLY_NAME] }),
  ]),
  organizations: null,
};

/** The attributes of each class that columns hold, in the model's order. */
export const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  Box: ["name", "weight", "in_id", "like_id"],
  Tool: ["name", "note", "box_id", "spare_id", "part_of_id"],
  Toy: ["name", "note", "box_id", "friend_id", "fixed_by_id"],
  Sealed: ["name", "seal_id"],
  Label: ["name", "of_id"],
};
