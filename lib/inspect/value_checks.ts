/** Which values of a file the attributes of its class would refuse, as far as one can tell without looking at objects. */
import { type ColumnPlan, type DirectColumn, type ExternalKeyColumns, withInner } from "../columns/plan.ts";
import type { Naming } from "../columns/known_columns.ts";
import type { Cell } from "../csv/record.ts";
import { valueProblem } from "../messages/values.ts";
import { classOf, isColumn, isDate, labelIn } from "../model/look_up.ts";
import type { Attribute } from "../model/model.ts";
import { readerFor, type ValueAttribute } from "../values/reader_for.ts";
import type { ParsedValue, ValueReader } from "../values/value_reader.ts";
import type { NumberSigns } from "../values/number_signs.ts";
import type { Findings } from "./finding.ts";
import type { GivenFormat, InspectedClass } from "./inspection.ts";
import { isNumberInSome, notationOf, NOTATIONS, NotationTally } from "./notation_tally.ts";
import { isNullWord } from "./null_word_tally.ts";
import { RowCounter } from "./row_count.ts";

/** What looks at the cells of one column. */
interface CellCheck {
  readonly cell: number;
  note(cell: Cell, line: number): void;
  tell(name: string, findings: Findings): void;
}

export class ValueChecks {
  readonly #checks: readonly CellCheck[];
  readonly #numbers: NumberCheck[] = [];

  /** @param given without a format of dates, columns of dates are left to those who know which formats fit */
  constructor(
    inspected: InspectedClass,
    plan: ColumnPlan,
    naming: Naming,
    { dateFormat, numberSigns, nullWords }: Pick<GivenFormat, "dateFormat" | "numberSigns" | "nullWords">,
  ) {
    // Who names words for nothing has named all of them.
    const isNothing = nullWords.length === 0 ? isNullWord : () => false;
    const { codes: codesNotLabels, language } = naming;
    const context = { codesNotLabels, language, model: inspected.model, dateFormat, numberSigns };
    this.#checks = [
      ...plan.direct.flatMap((column): CellCheck[] => {
        const attribute = valueAttribute(column);
        if (attribute === null || (dateFormat === null && isDate(attribute))) return [];
        const check = (signs: NumberSigns | null) =>
          new ReaderCheck(column.cell, attribute, readerFor(attribute, { ...context, numberSigns: signs }), isNothing);
        if (numberSigns !== null || !isNumber(attribute)) return [check(numberSigns)];
        const numbers = new NumberCheck(column.cell, NOTATIONS.map(check));
        this.#numbers.push(numbers);
        return [numbers];
      }),
      ...withInner(plan.externalKeys).flatMap((columns) => idChecks(inspected, columns, naming, isNothing)),
    ];
  }

  /** With which signs the numbers of the class's attributes are written; null: as they are stored, or as was given, or nobody can tell. */
  get numberSigns(): NumberSigns | null {
    return notationOf(this.#numbers.map(({ notations }) => notations));
  }

  note(cells: readonly Cell[], line: number): void {
    for (const check of this.#checks) check.note(cells[check.cell] ?? null, line);
  }

  tell(header: readonly string[], findings: Findings): void {
    const signs = this.numberSigns;
    for (const numbers of this.#numbers) numbers.signs = signs;
    for (const check of this.#checks) check.tell(header[check.cell] ?? "", findings);
  }
}

const OF_ANY_WORD: ReadonlySet<string> = new Set(["string", "text", "html", "loose", "case_log", "password"]);

/** A word for nothing may be what it says there. */
export function takesAnyWord({ kind }: Attribute): boolean {
  return OF_ANY_WORD.has(kind);
}

export function isNumber({ kind }: Attribute): boolean {
  return kind === "integer" || kind === "number" || kind === "decimal";
}

/** Null: its cells are no values by themselves. */
function valueAttribute({ attribute }: DirectColumn): ValueAttribute | null {
  if (attribute === "id" || !isColumn(attribute) || attribute.kind === "external_key") return null;
  return attribute;
}

/** Words of an enumeration that are told. */
const MOST_WORDS = 20;
const LONGEST_WORD = 100;

class ReaderCheck implements CellCheck {
  readonly #refused = new RowCounter();
  readonly #words = new Set<string>();
  #first: { readonly value: Cell; readonly problem: ParsedValue & { readonly ok: false } } | null = null;

  /** @param isNothing of a cell that is told to hold a word for nothing */
  constructor(
    readonly cell: number,
    readonly attribute: ValueAttribute,
    readonly reader: ValueReader,
    private readonly isNothing: (cell: string) => boolean,
  ) {}

  note(cell: Cell, line: number): void {
    if (cell !== null && !takesAnyWord(this.attribute) && this.isNothing(cell)) return;
    const parsed = this.reader.parse(cell);
    if (parsed.ok) return;
    this.#first ??= { value: cell, problem: parsed };
    this.#refused.note(line);
    const { kind } = this.attribute;
    const isWord = cell !== null && cell !== "" && (kind === "enum" || kind === "boolean");
    if (isWord && this.#words.size < MOST_WORDS && cell.length <= LONGEST_WORD) this.#words.add(cell);
  }

  tell(name: string, findings: Findings): void {
    if (this.#first === null) return;
    const { value, problem } = this.#first;
    const isSecret = this.attribute.kind === "password";
    findings.error({
      kind: "values_refused",
      column: this.cell + 1,
      name,
      attribute: this.attribute.code,
      rows: this.#refused,
      value: isSecret ? null : value,
      reason: valueProblem(this.attribute.code, problem.problem),
      words: [...this.#words],
    });
  }
}

/** A column of numbers in every usual notation: which one counts is known at the end. */
class NumberCheck implements CellCheck {
  readonly notations = new NotationTally();
  signs: NumberSigns | null = null;

  /** @param checks one for each of `NOTATIONS` */
  constructor(readonly cell: number, private readonly checks: readonly CellCheck[]) {}

  note(cell: Cell, line: number): void {
    // What is a number in no notation decides nothing.
    if (cell !== null && isNumberInSome(cell)) this.notations.note(cell);
    for (const check of this.checks) check.note(cell, line);
  }

  tell(name: string, findings: Findings): void {
    this.checks[NOTATIONS.indexOf(this.signs)]?.tell(name, findings);
  }
}

/** An id as some people write one. */
const LOOKS_LIKE_ID = /^[-0]*\d/;

/** A column of ids alone, in which people put names. */
function idChecks(
  { model }: InspectedClass,
  { key, parts, inner }: ExternalKeyColumns,
  naming: Naming,
  isNothing: (cell: string) => boolean,
): CellCheck[] {
  const [only, ...others] = parts;
  if (key.hasWordsAsIds === true) return [];
  if (only === undefined || only.attribute !== "id" || others.length + inner.length > 0) return [];
  const target = classOf(model, key.target);
  const name = target.attributes.get("name") ?? target.attributes.get(target.reconciliationKeys[0] ?? "");
  const label = name === undefined || !isColumn(name)
    ? null
    : naming.codes
    ? name.code
    : labelIn(name.labels, naming.language, model, name.code);
  return [new IdCheck(only.cell, label, isNothing)];
}

class IdCheck implements CellCheck {
  readonly #names = new RowCounter();
  #first = "";

  constructor(
    readonly cell: number,
    readonly byName: string | null,
    private readonly isNothing: (cell: string) => boolean,
  ) {}

  note(cell: Cell, line: number): void {
    if (cell === null || cell === "" || LOOKS_LIKE_ID.test(cell) || this.isNothing(cell)) return;
    if (this.#names.isEmpty) this.#first = cell;
    this.#names.note(line);
  }

  tell(name: string, findings: Findings): void {
    if (this.#names.isEmpty) return;
    const instead = this.byName === null ? null : `${name}->${this.byName}`;
    findings.error({ kind: "no_ids", column: this.cell + 1, name, rows: this.#names, value: this.#first, instead });
  }
}
