/** The rows of a file, looked at one by one as they are read. */
import { addedCells } from "../columns/added_columns.ts";
import { ALL_UNKNOWN } from "../columns/ignored_columns.ts";
import { filledRows } from "../columns/short_rows.ts";
import { NO_LINE } from "../csv/given_header.ts";
import { columnForm } from "../csv/heading.ts";
import type { CsvRecord } from "../csv/record.ts";
import { nullWords } from "../csv/null_words.ts";
import type { NumberSigns } from "../values/number_signs.ts";
import { nearestName } from "../nearest_name.ts";
import { addedCellsOf, keyCells, type MatchedHeader, matchHeader } from "./class_match.ts";
import { type ColumnFacts, ColumnTally } from "./column_tally.ts";
import { Findings } from "./finding.ts";
import type { GivenFormat, InspectedClass, MappedRow } from "./inspection.ts";
import { judgeNames } from "./judge_header.ts";
import { KeyBudget } from "./key_table.ts";
import { judgeMap } from "./mapped_header.ts";
import { footerLinesOf, LikelyFooter } from "./likely_footer.ts";
import { LaterTargets, ownKeys } from "./later_targets.ts";
import { MappedRows } from "./mapped_rows.ts";
import { notationOf } from "./notation_tally.ts";
import { type FoundNullWord, NullWordTally } from "./null_word_tally.ts";
import { RowTally } from "./row_tally.ts";
import { TwinTally } from "./twin_tally.ts";
import { takesAnyWord, ValueChecks } from "./value_checks.ts";

/** How many values of all columns, and how many keys of rows, are remembered. */
const MOST_VALUES = 1_500_000;
const MOST_KEYS = 1_500_000;

export class TableTally {
  readonly header: readonly string[];
  /** How many cells behind those an import ignores: the file is one of rows in error. */
  readonly addedCells: number;
  /** Null: the file has none. */
  readonly headerLine: number | null;
  readonly matched: MatchedHeader | null;
  readonly rows: RowTally;
  /** External keys that need a second reading; known at the end. */
  laterKeys: readonly string[] = [];
  /** Rows at the end that are no data, as far as that is certain. */
  footerLines = 0;
  /** Null: somebody has said what stands at the end. */
  #last: LikelyFooter | null;
  readonly #columns: readonly ColumnTally[];
  readonly #asRead: (record: CsvRecord) => CsvRecord;
  readonly #shaped: (record: CsvRecord) => CsvRecord;
  readonly #ignored: ReadonlySet<number>;
  readonly #words: NullWordTally | null;
  readonly #hasSigns: boolean;
  readonly #twins: TwinTally | null;
  readonly #values: ValueChecks | null;
  readonly #mapped: MappedRows | null;
  readonly #later: readonly LaterTargets[];
  #lastShort: { readonly line: number; readonly found: number } | null = null;

  /** @param inspected null: no class is given */
  constructor(header: CsvRecord, given: GivenFormat, inspected: InspectedClass | null, readonly findings: Findings) {
    const whole = header.cells.map((cell) => (cell ?? "").trim());
    this.addedCells = inspected === null ? addedCells(whole, () => false) : addedCellsOf(inspected, whole, given);
    this.header = whole.slice(0, whole.length - this.addedCells);
    this.headerLine = header.line === NO_LINE ? null : header.line;
    // Of names that stand in for those of a header nothing need be said but that.
    const told = this.headerLine === null && given.file.header === null ? new Findings() : findings;
    this.matched = inspected === null ? null : matchHeader(inspected, this.header, given, told);
    this.#last = given.file.footerLines === null ? new LikelyFooter() : null;
    this.#ignored = this.#ignoredCells(given.file.ignoredColumns, told);
    judgeNames(this.header, this.headerLine, (cell) => this.#ignored.has(cell), findings);
    const { plan, naming } = this.matched ?? { plan: null, naming: null };
    const keys = plan === null ? namedCells(this.header, inspected === null ? given.keys : [], told) : keyCells(plan);
    this.#twins = keys.length === 0 ? null : new TwinTally(keys, new KeyBudget(MOST_KEYS));
    this.#values = inspected === null || plan === null || naming === null
      ? null
      : new ValueChecks(inspected, plan, naming, given);
    const references = new KeyBudget(MOST_KEYS);
    this.#later =
      (inspected === null || plan === null || naming === null ? [] : ownKeys(inspected, plan, naming, given, findings))
        .map((key) => new LaterTargets(key, references));
    const columns = { headers: this.header, addedCells: this.addedCells };
    this.#shaped = given.file.shortRows === "fill"
      ? (record) => filledRows([record], columns)[0] ?? record
      : (one) => one;
    this.#asRead = given.nullWords.length === 0 ? (record) => record : nullWords(given.nullWords);
    this.#words = given.nullWords.length === 0 ? new NullWordTally(this.header) : null;
    this.#hasSigns = given.numberSigns !== null;
    this.#mapped = plan?.mapping === undefined ? null : new MappedRows(plan, plan.mapping, given.nullWords);
    if (inspected === null && given.map !== null) judgeMap(given.map, this.header, told);
    const budget = new KeyBudget(MOST_VALUES);
    this.#columns = this.header.map((name, index) => new ColumnTally(index + 1, name, budget));
    this.rows = new RowTally(columns);
  }

  /** What a map makes of them. */
  get firstRows(): readonly MappedRow[] {
    return this.#mapped?.first ?? [];
  }

  /** Some row was noted. */
  get hasRows(): boolean {
    return this.rows.rows > 0 || this.#last?.isEmpty === false;
  }

  note(record: CsvRecord): void {
    const own = this.#last === null ? record : this.#last.push(record);
    if (own !== null) this.#note(own);
  }

  /** No more rows come. @param isWhole the last one is that of the file */
  settle(isWhole: boolean): void {
    const last = this.#last?.take() ?? [];
    this.#last = null;
    const count = isWhole ? this.#footerOf(last) : 0;
    for (const record of last.slice(0, last.length - count)) this.#note(record);
    if (count === 0) return;
    this.footerLines = count;
    this.findings.warn({ kind: "footer_lines", rows: { count, lines: last.slice(-count).map(({ line }) => line) } });
  }

  #footerOf(last: readonly CsvRecord[]): number {
    if (this.addedCells > 0) return 0;
    return footerLinesOf(last, {
      columns: this.header.length,
      count: this.rows.rows,
      isNeverEmpty: (cell) => this.#columns[cell]?.facts().empty === 0,
    });
  }

  #note(typed: CsvRecord): void {
    const record = this.#shaped(typed);
    const isGood = this.rows.note(record);
    const { cells, line } = this.#asRead(record);
    const expected = this.header.length + this.addedCells;
    this.#lastShort = isGood || cells.length >= expected ? null : { line, found: cells.length };
    if (!isGood) return;
    for (let index = 0; index < this.header.length; index++) this.#columns[index]?.note(cells[index] ?? null, line);
    this.#words?.note(cells, line);
    const mapped = this.#mapped?.note(record) ?? cells;
    this.#values?.note(mapped, line);
    this.#twins?.note(mapped, line);
    for (const later of this.#later) later.note(mapped, line);
  }

  /** With which signs numbers are written; null: as was given, as they are stored, or nobody can tell. */
  get numberSigns(): NumberSigns | null {
    if (this.#hasSigns) return null;
    if (this.#values !== null) return this.#values.numberSigns;
    return notationOf(this.#columns.flatMap(({ notations }, cell) => this.#ignored.has(cell) ? [] : notations ?? []));
  }

  /** Words for nothing that nobody has named. Without a class, columns whose other cells are no texts tell them. */
  nullWords(columns: readonly ColumnFacts[]): readonly FoundNullWord[] {
    const { plan } = this.matched ?? { plan: null };
    const own = new Map(plan?.direct.map(({ cell, attribute }) => [cell + 1, attribute]));
    return this.#words?.in((column) => {
      const attribute = own.get(column);
      if (this.#ignored.has(column - 1)) return false;
      if (plan === null) return (columns[column - 1]?.look ?? null) !== null;
      return attribute === "id" || (attribute !== undefined && !takesAnyWord(attribute));
    }) ?? [];
  }

  /** @param hasLineEnd the text ends with one; null: its end was not looked at */
  end(hasLineEnd: boolean | null): readonly ColumnFacts[] {
    const { findings } = this;
    this.rows.tell(findings);
    this.#values?.tell(this.matched?.plan?.mapping === undefined ? this.header : this.matched.plan.headers, findings);
    this.#twins?.tell(findings);
    this.laterKeys = this.#later.flatMap((later) => later.tell(findings) ?? []);
    if (hasLineEnd === false && this.#lastShort !== null) {
      findings.warn({ kind: "cut_off", expected: this.header.length + this.addedCells, ...this.#lastShort });
    }
    // Nobody wants to know how it writes dates, and it may be one of passwords.
    return this.#columns.map((column, cell) =>
      this.#ignored.has(cell) ? { ...column.facts(), look: null } : column.facts()
    );
  }

  /** Of columns that are not loaded; those that the header lacks are told. */
  #ignoredCells(typed: readonly string[], findings: Findings): ReadonlySet<number> {
    const own = this.header.map((cell) => columnForm(cell));
    const named = typed.filter((name) => name !== ALL_UNKNOWN);
    for (const name of named.filter((one) => !own.includes(columnForm(one)))) {
      findings.warn({ kind: "ignored_is_no_column", name, nearest: nearestName(name, this.header) });
    }
    if (this.matched !== null) return new Set(this.matched.fit.notLoaded);
    const names = new Set(named.map((name) => columnForm(name)));
    return new Set(own.flatMap((name, cell) => names.has(name) ? [cell] : []));
  }
}

/** The keys that the caller named, where no class says what they are. */
function namedCells(header: readonly string[], keys: readonly string[], findings: Findings): readonly number[] {
  const names = header.map((cell) => columnForm(cell));
  return keys.flatMap((key) => {
    const cell = names.indexOf(columnForm(key));
    if (cell >= 0) return [cell];
    findings.error({ kind: "key_is_no_column", name: key, nearest: nearestName(key, header) });
    return [];
  });
}
