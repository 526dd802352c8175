// deno-lint-ignore-file no-console -- its findings are for people at a terminal
/** Runs the rules of `house_rules.ts` over files and folders. */
import { fromFileUrl } from "@std/path";

/** Something that a rule forbids. */
export interface Violation {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The rule's name, without that of the plugin. */
  readonly rule: string;
  readonly message: string;
}

interface LintReport {
  readonly diagnostics: readonly {
    readonly filename: string;
    readonly range: { readonly start: { readonly line: number } };
    readonly message: string;
    readonly code: string;
  }[];
  readonly errors: readonly { readonly file_path: string; readonly message: string }[];
}

/**
 * @param paths files and folders, relative to `folder`
 * @throws when a file cannot be read or parsed
 */
export async function findViolations(folder: string, paths: readonly string[]): Promise<Violation[]> {
  const config = fromFileUrl(new URL("house_rules.json", import.meta.url));
  const command = new Deno.Command(Deno.execPath(), {
    args: ["lint", "--config", config, "--json", ...paths],
    cwd: folder,
  });
  const { stdout, stderr } = await command.output();
  const text = new TextDecoder().decode(stdout);
  if (text === "") throw new Error(`deno lint failed: ${new TextDecoder().decode(stderr)}`);
  const report: LintReport = JSON.parse(text);
  if (report.errors.length > 0) throw new Error(report.errors.map((error) => error.message).join("\n"));
  const root = Deno.realPathSync(folder);
  return report.diagnostics.map(({ filename, range, message, code }) => ({
    file: fromFileUrl(filename).slice(root.length + 1),
    line: range.start.line,
    rule: code.replace(/^house\//, ""),
    message,
  }));
}

/** Prints what the rules of a family forbid. @param family the beginning of their names @returns whether all is well */
export async function checkRules(family: string, folder: string, paths: readonly string[]): Promise<boolean> {
  const violations = (await findViolations(folder, paths)).filter(({ rule }) => rule.startsWith(family));
  for (const { file, line, message } of violations) console.error(`${file}:${line}: ${message}`);
  return violations.length === 0;
}
