// deno-lint-ignore-file no-console -- a script for people at a terminal
/**
 * Runs the subjects of tests/torture for long, and ends with a table in Markdown of what was tried and lost.
 *
 *     deno task torture [--seed=N] [--only=NAME[,NAME…]] [--times=N] [--short] [--list]
 *
 * The same seed tries the same again; without one it is drawn, and printed first. `--times=10` tries ten times as much, `--short` as
 * little as the tests do. Exit code 1: something was lost. How a subject is declared stands in tests/torture/torture.ts.
 */
import { parseArgs } from "@std/cli/parse-args";
import { type Result, runSubject, type Subject, subjects } from "../tests/torture/torture.ts";

const FOLDER = new URL("../tests/torture/", import.meta.url);
const USAGE = "deno task torture [--seed=N] [--only=NAME[,NAME…]] [--times=N] [--short] [--list]";

interface Wish {
  readonly seed: number;
  readonly subjects: readonly Subject[];
  /** How much to try of a subject. */
  amount(subject: Subject): number;
}

async function loadSubjects(): Promise<void> {
  const names = [...Deno.readDirSync(FOLDER)].map(({ name }) => name).filter((name) => name.endsWith("_test.ts"))
    .sort();
  for (const name of names) await import(new URL(name, FOLDER).href);
}

/** @throws RangeError with a sentence for who typed it */
function readWish(args: readonly string[]): Wish {
  const unknown = (name: string): never => {
    throw new RangeError(`Unknown argument: ${name}. Usage: ${USAGE}`);
  };
  const typed = parseArgs(args, { string: ["seed", "only", "times"], boolean: ["short", "list"], unknown });
  const times = wholeNumber("times", typed["times"] ?? "1");
  return {
    seed: typed["seed"] === undefined
      ? crypto.getRandomValues(new Int32Array(1))[0] ?? 0
      : wholeNumber("seed", typed["seed"]),
    subjects: chosen(typed["only"]),
    amount: (subject) => typed["short"] === true ? subject.short : subject.long * times,
  };
}

function wholeNumber(name: string, typed: unknown): number {
  const number = Number(typed);
  if (typed === "" || !Number.isInteger(number)) throw new RangeError(`--${name} is no whole number: ${typed}`);
  return number;
}

function chosen(only: unknown): readonly Subject[] {
  if (only === undefined) return subjects;
  return String(only).split(",").map((name) => {
    const subject = subjects.find((subject) => subject.name === name);
    if (subject !== undefined) return subject;
    throw new RangeError(`No subject is called ${name}. There are: ${subjects.map(({ name }) => name).join(", ")}`);
  });
}

async function runAll(wish: Wish): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const subject of wish.subjects) {
    console.log(`${subject.name}: ${subject.title}, ${wish.amount(subject)} ${subject.unit} …`);
    const result = await runSubject(subject, wish.seed, wish.amount(subject));
    for (const why of result.leftOut) console.log(`  left out: ${why}`);
    for (const loss of result.losses) console.log(`  LOST: ${loss}`);
    results.push(result);
  }
  return results;
}

function tableOf(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.subject.title,
    `${grouped(result.tried)} ${result.subject.unit}`,
    [...result.figures].map(([figure, count]) => `${grouped(count)} ${figure}`)
      .concat(result.leftOut.map((why) => `left out: ${why}`)).join(", "),
    String(result.losses.length),
    result.seconds.toFixed(0),
  ]);
  const heads = ["subject", "tried", "of these", "losses", "seconds"];
  return [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function grouped(count: number): string {
  return count.toLocaleString("en");
}

await loadSubjects();
try {
  const wish = readWish(Deno.args);
  if (Deno.args.includes("--list")) {
    for (const { name, title, long, unit } of wish.subjects) console.log(`${name}: ${title}, ${long} ${unit}`);
  } else {
    console.log(`seed ${wish.seed} (deno task torture --seed=${wish.seed})`);
    const results = await runAll(wish);
    console.log(`\nseed ${wish.seed}\n\n${tableOf(results)}`);
    if (results.some(({ losses }) => losses.length > 0)) Deno.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.error(error.message);
  Deno.exitCode = 64;
}
