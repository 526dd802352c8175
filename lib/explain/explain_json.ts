/**
 * An explained row for programs: one object on one line. `report/explanation.schema.json` says the same.
 *
 * | field | value |
 * | --- | --- |
 * | type, version | `"explanation"`, 1 |
 * | line | of the file, on which the row begins |
 * | class | of the import |
 * | cells | by the names of the columns; null: a password, or `<NULL>` |
 * | made | only with a map: `{ name, value, of }` each: a column, what the map made, and the cells of the file, `{ column, cell }` each; passwords are left out |
 * | lookups | `purpose` (`kind`: `key`, `external_key`, `uniqueness` or `other`, and whose), `class`, `conditions` (`attribute`, `label`, `value`), `count`, `objects` and, where nothing was found, `near` (`class`, `id`, `name`; `value`), `has_more` (not all were looked through for `near`) |
 * | limited | the user sees the objects of some organisations only |
 * | warnings | sentences |
 * | row | what an import would make of it: a line of the report (`docs/report.md`), without `record` |
 */
import { visibleJson } from "../messages/visible_text.ts";
import { jsonRows } from "../report/json_lines.ts";
import type { Explanation } from "./explained_row.ts";

/** With its end. */
export function explanationLine(explanation: Explanation): string {
  const { result, columns, cells, made, lookups, isLimited, warnings } = explanation;
  const { record: _, ...row } = JSON.parse(jsonRows(columns)(result));
  return visibleJson({
    type: "explanation",
    version: 1,
    line: result.line,
    class: explanation.class,
    cells: Object.fromEntries(cells.map((cell, index) => [columns.headers[index] ?? "", cell])),
    ...made.length === 0 ? {} : { made },
    lookups: lookups.map(({ hasMore, ...lookup }) => ({ ...lookup, has_more: hasMore })),
    limited: isLimited,
    warnings,
    row,
  }) + "\n";
}
