/** What a map makes of the columns of a file, for a class: which attribute each is, and all that does not fit. */
import type { StopMessage } from "../errors.ts";
import { mapHeader, type MappedHeading, MOST_TOLD } from "../mapping/map_header.ts";
import type { AttributePart, AttributeWords, MapFile } from "../mapping/map_file.ts";
import type { PlacedMapProblem } from "../mapping/map_problem.ts";
import { mapProblemMessage } from "../messages/map.ts";
import { foldCase } from "../model/look_up.ts";
import { propertyPath } from "../model/file/json_path.ts";
import type { Model, ModelClass } from "../model/model.ts";
import { nearestName } from "../nearest_name.ts";
import type { MapColumns, MappedColumns } from "./column_plan.ts";
import { columnForm, columnName } from "../csv/heading.ts";
import {
  columnCode,
  type ColumnTarget,
  isSameColumn,
  type KnownColumn,
  type KnownColumns,
  knownColumns,
  type Naming,
} from "./known_columns.ts";

/** Looks up what the map says: names of attributes are codes for everybody, or labels of the run. */
export function columnMapper(map: MapFile, model: Model, modelClass: ModelClass, naming: Naming): MapColumns {
  const codes = naming.codes ? null : knownColumns(model, modelClass, { ...naming, codes: true });
  return (names, known) => {
    const { headings, problems } = mapHeader(map, names);
    return new ClassMapping(map, modelClass, headings, problems, codes ?? known, known, names.length).mapped();
  };
}

/** Those of the class, which finds more than it lists, and others. */
class KeyNames extends Map<string, KnownColumn> implements KnownColumns {
  constructor(private readonly known: KnownColumns) {
    super(known);
  }

  override get(name: string): KnownColumn | undefined {
    return super.get(name) ?? this.known.get(name);
  }

  called(name: string, cell = name): KnownColumn | undefined {
    return super.get(foldCase(name)) ?? this.known.called(name, cell);
  }
}

type Target = ColumnTarget | null | undefined;

/** `Manager` holds no ids where a template makes `manager_id->name` of it. */
function isMadeInstead(own: ColumnTarget, made: ColumnTarget): boolean {
  if (isSameColumn(own, made)) return true;
  return own.kind === "attribute" && made.kind === "through_key" && own.attribute.code === made.key.code;
}

class ClassMapping {
  readonly #problems: PlacedMapProblem[];
  readonly #headings: MappedHeading[];
  readonly #targets: Target[];

  constructor(
    private readonly map: MapFile,
    private readonly modelClass: ModelClass,
    headings: readonly MappedHeading[],
    problems: readonly PlacedMapProblem[],
    private readonly codes: KnownColumns,
    private readonly known: KnownColumns,
    private readonly columnsOfFile: number,
  ) {
    this.#problems = [...problems];
    this.#headings = [...headings];
    this.#targets = headings.map((heading) => this.#targetOf(heading));
    this.#passOver();
    this.#checkGivenOnce();
  }

  mapped(): MappedColumns {
    const words = new Map<number, AttributeWords["words"]>();
    for (const { name, words: table } of this.map.values) this.#at("values", name, (cell) => words.set(cell, table));
    const defaults = new Map<number, string>();
    const paths = new Map<number, string>();
    for (const { name, text } of this.map.defaults) {
      const path = propertyPath("$.defaults", name);
      const cell = this.#cellOfDefault(name, path);
      if (cell === null) continue;
      defaults.set(cell, text);
      paths.set(cell, path);
    }
    const sources = this.#headings.map(({ source }) => source);
    return {
      names: this.#headings.map(({ header }) => header),
      targets: this.#targets,
      problems: this.#problems.map((problem) => this.#message(problem)),
      keyNames: this.#keyNames(),
      cells: { columnsOfFile: this.columnsOfFile, sources, words, defaults },
      wrongDefaults: (keys) => this.#wrongDefaults(paths, keys),
    };
  }

  /** Where nothing else gives the attribute, every row has an empty cell for it. @returns null: there is no such attribute */
  #cellOfDefault(name: string, path: string): number | null {
    const target = this.#lookUp(name, path);
    if (target === undefined) return null;
    const cell = this.#cellOf(target);
    if (cell >= 0) return cell;
    this.#headings.push({ header: name, name, path, source: { kind: "constant", text: "" }, takes: [] });
    this.#targets.push(target);
    return this.#headings.length - 1;
  }

  #cellOf(target: ColumnTarget): number {
    return this.#targets.findIndex((other) => other && isSameColumn(other, target));
  }

  /** A default says what a new object gets: not by what it is looked for, nor what every row has. */
  #wrongDefaults(paths: ReadonlyMap<number, string>, keys: readonly number[]): StopMessage[] {
    return [...paths].flatMap(([cell, path]) => {
      const source = this.#headings[cell]?.source;
      const isConstant = source?.kind === "constant" && source.text !== "";
      if (!keys.includes(cell) && !isConstant) return [];
      const target = this.#targets[cell];
      const code = target ? columnCode(target) : "";
      return [this.#message({ path, kind: isConstant ? "default_of_constant" : "default_of_key", code })];
    });
  }

  #message(problem: PlacedMapProblem): StopMessage {
    return mapProblemMessage(this.map.file, problem);
  }

  /** The header's own names are looked up as without a map; null: it is told already. */
  #targetOf({ name, path }: MappedHeading): Target {
    if (path === null) return this.known.called(name)?.targets[0];
    return this.#lookUp(name, path) ?? null;
  }

  #lookUp(name: string, path: string): ColumnTarget | undefined {
    const own = columnName(name);
    const target = (this.codes.called(own, name) ?? this.known.called(own, name))?.targets[0];
    if (target === undefined) {
      const names = [...this.codes.values(), ...this.known.values()].map((one) => one.name);
      const nearest = this.#problems.length < MOST_TOLD ? nearestName(name, names) : null;
      this.#problems.push({ kind: "no_such_attribute", path, class: this.modelClass.code, name, nearest });
    }
    return target;
  }

  /** A column of which templates take cells need be nothing by itself; nor is it what a template makes of it, or the id of it. */
  #passOver(): void {
    for (const [index, { takes }] of this.#headings.entries()) {
      const made = this.#targets[index];
      for (const cell of takes) {
        if (this.#headings[cell]?.path !== null) continue;
        const own = this.#targets[cell];
        if (own === undefined || (own !== null && made && isMadeInstead(own, made))) this.#targets[cell] = null;
      }
    }
  }

  /** What the map gives, neither the file nor another place of the map may give: of columns of the file it is told elsewhere. */
  #checkGivenOnce(): void {
    for (let index = this.columnsOfFile; index < this.#headings.length; index++) {
      const target = this.#targets[index];
      const path = this.#headings[index]?.path ?? null;
      if (!target || path === null) continue;
      const first = this.#targets.findIndex((other) => other && isSameColumn(other, target));
      const other = this.#headings[first];
      if (first >= index || other === undefined) continue;
      const by = first < this.columnsOfFile ? { column: other.header } : { path: other.path ?? "" };
      this.#problems.push({ kind: "given_already", path, code: columnCode(target), by });
    }
  }

  /** @param found is told the column of the attribute */
  #at(part: AttributePart, name: string, found: (cell: number) => void): void {
    const path = propertyPath(`$.${part}`, name);
    const target = this.#lookUp(name, path);
    if (target === undefined) return;
    const cell = this.#cellOf(target);
    if (cell < 0) this.#problems.push({ kind: "nobody_gives", path, code: columnCode(target) });
    else found(cell);
  }

  /** Keys may be called as the map or the file calls them; attributes that a column gives go before names of the file. */
  #keyNames(): KnownColumns {
    const names = new KeyNames(this.known);
    const given = (column: KnownColumn | undefined) =>
      column?.targets.some((target) => this.#targets.some((other) => other && isSameColumn(other, target))) === true;
    this.#headings.forEach(({ header, name, path }, index) => {
      const target = this.#targets[index];
      if (!target || path === null) return;
      for (const one of [name, columnCode(target), header]) {
        const form = columnForm(one);
        if (!given(names.get(form))) names.set(form, { name: one.toLowerCase(), targets: [target] });
      }
    });
    return names;
  }
}
