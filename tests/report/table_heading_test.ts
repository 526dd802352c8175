import { assertEquals } from "@std/assert";
import type { ColumnPlan } from "../../lib/columns/plan.ts";
import type { ExternalKeyAttribute, Labels, Model, TextAttribute } from "../../lib/model/model.ts";
import { tableHeading } from "../../lib/report/table_heading.ts";

const MODEL: Model = {
  name: "test",
  languages: ["EN US", "FR FR"],
  classes: new Map(),
  profiles: [],
  organizations: null,
};

function labels(english: string, french: string): Labels {
  return new Map([["EN US", english], ["FR FR", french]]);
}

const ORGANIZATION: ExternalKeyAttribute = {
  kind: "external_key",
  code: "org_id",
  declaredBy: "Team",
  labels: labels("Organization", "Organisation"),
  aliases: new Map(),
  nullAllowed: false,
  target: "Organization",
  hierarchical: false,
  onDelete: "restrict",
};

const NAME: TextAttribute = {
  kind: "string",
  code: "name",
  declaredBy: "Team",
  labels: labels("Last Name", "Nom"),
  aliases: new Map(),
  nullAllowed: false,
  default: "",
  maxLength: 255,
  countsCase: false,
};

/** The columns `name, org_id, id`. */
const PLAN: Pick<ColumnPlan, "externalKeys" | "direct"> = {
  externalKeys: [{
    key: ORGANIZATION,
    parts: [{ cell: 1, attribute: "id", externalField: null, holdsIds: true }],
    inner: [],
  }],
  direct: [{ cell: 0, attribute: NAME }, { cell: 1, attribute: ORGANIZATION }, { cell: 2, attribute: "id" }],
};

Deno.test("external keys come first, then the columns of the class itself", () => {
  assertEquals(tableHeading(PLAN, "EN US", MODEL), [
    "org_id (Organization - ext key)",
    "name (Last Name)",
    "org_id (Organization)",
    "id (id (Primary Key))",
  ]);
});

Deno.test("labels are in the user's language, the other words are not", () => {
  assertEquals(tableHeading(PLAN, "FR FR", MODEL), [
    "org_id (Organisation - ext key)",
    "name (Nom)",
    "org_id (Organisation)",
    "id (id (Primary Key))",
  ]);
});
