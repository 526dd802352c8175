/** A model of a database that we did not make, derived of what the database tells of its tables (SPEC 18). */
import type { LanguageCode, Model, Profile } from "../model.ts";
import { attributeCodes } from "./attribute_codes.ts";
import { foldName } from "./ascii_names.ts";
import { LANGUAGE } from "./derived_attributes.ts";
import { derivedClass } from "./derived_class.ts";
import { settleColumns } from "./derived_columns.ts";
import type { DerivedModel, DerivedTable } from "./derived_model.ts";
import { derivedTable } from "./derived_table.ts";
import { type ClassTable, sortTables } from "./derived_tables.ts";
import { linkSetsOf } from "./link_tables.ts";
import { checkColumnNames } from "./overlay_checks.ts";
import type { Overlay, OverlayProblem } from "./overlay_type.ts";
import { referencesOf } from "./references.ts";
import type { SchemaFacts } from "./schema_facts.ts";

export interface Derivation {
  readonly derived: DerivedModel;
  /** What the overlay says and the schema does not go with; the rest of it is in force. */
  readonly problems: readonly OverlayProblem[];
}

/** @param overlay null: nothing but the schema says anything */
export function deriveModel(facts: SchemaFacts, overlay: Overlay | null): Derivation {
  const problems: OverlayProblem[] = [];
  const report = (problem: OverlayProblem) => void problems.push(problem);
  const { classes, hidden, others } = sortTables(facts, overlay, report);
  const tables = [...classes.values()];
  for (const table of tables) checkColumnNames(table, report);
  const references = new Map(tables.map((table) => [table, referencesOf(table, classes, report)]));
  const ofTable = (table: ClassTable) => references.get(table) ?? new Map();
  const codes = new Map(tables.map((table) => [table, attributeCodes(table, ofTable(table))]));
  const codeIn = (table: ClassTable, column: string) => codes.get(table)?.get(foldName(column)) ?? column;
  const linkSets = linkSetsOf(tables, ofTable, codeIn);
  const made = tables.map((table) => {
    const columns = settleColumns(table, ofTable(table), codeIn, report);
    const sets = linkSets.get(table.facts.name) ?? [];
    const source = { table, columns, references: ofTable(table), linkSets: sets, codeIn };
    return { class: derivedClass(source, report), table: derivedTable(table, columns) };
  });
  const model: Model = {
    name: "derived",
    languages: languagesIn(overlay),
    classes: new Map(made.map((one) => [one.class.code, one.class])),
    profiles: [ADMINISTRATOR],
    organizations: null,
    hasNoUsers: true,
    notClasses: others,
  };
  const derived = {
    model,
    tables: byClass(made.map(({ table }) => table)),
    hidden: byClass(hidden.map((table) => hiddenTable(table, classes))),
    others,
  };
  return { derived, problems };
}

function byClass(tables: readonly DerivedTable[]): DerivedModel["tables"] {
  return new Map(tables.map((table) => [table.class, table]));
}

/** Its columns have the codes that they would have. Nobody asks what else an overlay says of what it hides. */
function hiddenTable(table: ClassTable, classes: ReadonlyMap<string, ClassTable>): DerivedTable {
  const ignore = () => {};
  const references = referencesOf(table, classes, ignore);
  const codes = attributeCodes(table, references);
  const columns = settleColumns(table, references, (_, column) => codes.get(foldName(column)) ?? column, ignore);
  return derivedTable(table, columns);
}

/** Who may write the file may load. */
const ADMINISTRATOR: Profile = { id: 1, name: "Administrator", description: "", administrator: true, bulkWrite: [] };

/** That in which names stand as they are, and those of the overlay. */
function languagesIn(overlay: Overlay | null): readonly LanguageCode[] {
  const named = Object.values(overlay?.classes ?? {}).flatMap(({ labels, attributes }) => [
    ...labels?.keys() ?? [],
    ...Object.values(attributes ?? {}).flatMap((attribute) => [
      ...attribute.labels?.keys() ?? [],
      ...attribute.aliases?.keys() ?? [],
      ...(attribute.values ?? []).flatMap((value) => [...value.labels.keys()]),
    ]),
  ]);
  return [...new Set([LANGUAGE, ...named])];
}
