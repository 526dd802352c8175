import { assertStringIncludes } from "@std/assert";
import { assertComment, assertRefused, assertReport, decision, lastLine } from "../helpers/decision.ts";
import { assertExit, describeRun } from "../helpers/scratch.ts";

const TOGETHER = "all wrong parameters are reported together, before the input is opened";

decision(TOGETHER, "a-par-check-order", async (play) => {
  // `;;` is a separator (SPEC 16), and wrong in the recorded case only.
  const wrong = ["Foo", "''''", "'xml'"];
  assertRefused(await play.writesNothing(() => play.step(1)), 64, ...wrong);
  assertRefused(await play.writesNothing(() => play.step(2)), 64, ...wrong.slice(1));
  assertRefused(await play.writesNothing(() => play.step(3)), 64, "''''", "'xml'");
  assertRefused(await play.writesNothing(() => play.step(4)), 64, "'foo'");
});

decision(TOGETHER, "a-par-csvfile-empty", async (play) => {
  const run = await play.writesNothing(() => play.step(1));
  assertRefused(run, 64);
  assertStringIncludes(lastLine(run), "#Unknown class: 'NoSuchClass'", describeRun(run));
});

decision("a file with blank lines only has no header (65)", "a-par-csvfile-blank-only", async (play) => {
  const run = await play.writesNothing(() => play.step(1));
  assertRefused(run, 65);
  assertStringIncludes(lastLine(run), "Missing data - at least one line is expected", describeRun(run));
});

const SWITCHES = "simulate and no_localize take 1/0, yes/no, true/false, on/off in any case, nothing else (64)";

decision(SWITCHES, "a-par-no-localize-values", async (play) => {
  const first = await play.step(1);
  assertReport(first, { created: 1 });
  assertComment(first, "#Localize: no");
  assertRefused(await play.writesNothing(() => play.step(2)), 64, "no_localize", "01");
  assertRefused(await play.writesNothing(() => play.step(3)), 64, "no_localize", "1,");
});

decision(SWITCHES, "a-par-simulate-not-1", async (play) => {
  const run = await play.writesNothing(() => play.step(1));
  assertReport(run, { created: 1 }, [["0", "created", "Organization", "0", "A", "x"]]);
  assertComment(run, "#Simulate: 1");
  assertRefused(await play.writesNothing(() => play.step(2)), 64, "simulat", "simulate");
});

decision(SWITCHES, "a-par-simulate-not-1", async (play) => {
  const values = { 1: ["1", "yes", "YES", "True", "on"], 0: ["0", "no", "No", "FALSE", "off"] };
  for (const [simulate, spellings] of Object.entries(values)) {
    for (const spelling of spellings) {
      const run = await play.load("name\nMy Company/Department\n", { class: "Organization", simulate: spelling });
      assertReport(run, { unchanged: 1 });
      assertComment(run, `#Simulate: ${simulate}`);
    }
  }
  assertRefused(await play.load("name\nA\n", { class: "Organization", simulate: "maybe" }), 64, "simulate", "maybe");
});

const NO_KEYS = "a key list of commas only is no key list: the default keys apply";

decision(NO_KEYS, "a-par-reckey-commas-only", async (play) => {
  const first = await play.step(1);
  assertComment(first, "#Reconciliation Keys: name, code");
  assertReport(first, { created: 1 }, [["0", "created", "Organization", "2", "Z", "z"]]);
  const third = await play.step(3);
  assertComment(third, "#Reconciliation Keys: name, code");
  assertReport(third, { created: 1 }, [["0", "created", "Organization", "4", "X", "z"]]);
});

decision(NO_KEYS, "b-rec-key-list-spaces", async (play) => {
  assertComment(await play.step(1), "#Reconciliation Keys: name, code");
  const second = await play.step(2);
  assertComment(second, "#Reconciliation Keys: name, code");
  assertReport(second, { created: 1 }, [["0", "created", "Organization", "3", "Gamma", "GAM"]]);
});

decision(
  "separator is of any alphabet, a real tab too, of one character or several, but not empty (64)",
  "a-par-separator-wrong",
  async (play) => {
    assertRefused(
      await play.writesNothing(() => play.step(1)),
      64,
      // Several characters may be one separator (SPEC 16), which this header does not have.
      "Unknown column: 'name,code'",
    );
    // The header holds no é, so it is one column.
    assertRefused(await play.writesNothing(() => play.step(2)), 64, "Unknown column: 'name,code'");
    assertRefused(await play.writesNothing(() => play.step(3)), 64, "separator");
    const run = await play.step(4);
    assertComment(run, "#Separator: \t");
    assertReport(run, { created: 1 }, [["0", "created", "Organization", "2", "B", "C"]]);
  },
);

decision(
  "separator is of any alphabet, a real tab too, of one character or several, but not empty (64)",
  "a-par-separator-wrong",
  async (play) => {
    const accented = await play.load("nameécode\nAéB\n", { class: "Organization", separator: "é" });
    assertReport(accented, { created: 1 }, [["0", "created", "Organization", "2", "A", "B"]]);
    const emoji = await play.load("name😀code\nA😀C\n", {
      class: "Organization",
      separator: "😀",
      reconciliationkeys: "name",
    });
    assertReport(emoji, { updated: 1 }, [["0", "updated 1 cols", "Organization", "2", "A", "C"]]);
    const blank = await play.load("name code\nA D\n", {
      class: "Organization",
      separator: " ",
      reconciliationkeys: "name",
    });
    assertReport(blank, { updated: 1 }, [["0", "updated 1 cols", "Organization", "2", "A", "D"]]);
  },
);

const PARAM_FILES = "in a param file '#' starts a comment only at the start of a line or after a blank";

decision(PARAM_FILES, "a-par-param-file-hash", async (play) => {
  const first = await play.step(1);
  assertReport(first, { created: 1 });
  assertComment(first, "#Change tracking comment: ticket #42");
  const second = await play.step(2);
  assertReport(second, { unchanged: 1 });
  assertComment(second, "#Change tracking comment: ticket #42");
});

decision(PARAM_FILES, "a-par-param-file-hash-separator", async (play) => {
  const run = await play.step(1);
  assertComment(run, "#Separator: #");
  assertComment(run, "#Change tracking comment: crlf");
  assertReport(run, { created: 1 }, [["0", "created", "Organization", "2", "Acme", "ACM"]]);
});

decision(
  "a param_file inside a param file is an error (64) with file and line",
  "a-par-param-file-nested",
  async (play) => {
    assertRefused(await play.writesNothing(() => play.step(1)), 64, "p.param", "1", "param_file");
    assertRefused(await play.writesNothing(() => play.step(2)), 64, "Unknown output format: ''");
  },
);

decision("a value in double quotes is what stands between them", "a-par-param-file-quotes", async (play) => {
  assertReport(await play.step(1), { created: 1 }, [["0", "created", "Organization", "2"]]);
});

decision(
  "a name that no parameter bears and a line that is no 'name = value' are errors (64) with file and line",
  "a-par-param-file-quotes",
  async (play) => {
    await play.step(1);
    const run = await play.writesNothing(() => play.step(2));
    assertRefused(run, 64, "OUTPUT", "foo");
    for (const line of [1, 4, 5]) assertStringIncludes(run.stderr, `'q.param', line ${line}:`, describeRun(run));
  },
);

const PLAIN_TEXT = "messages on the command line are plain text, and names are shown whole";

decision(PLAIN_TEXT, "a-par-param-file-missing-second", async (play) => {
  const run = await play.writesNothing(() => play.step(1));
  assertRefused(run, 66, "Could not find the parameter file: 'no&pe.param'");
});

decision(PLAIN_TEXT, "a-par-param-file-missing-second", async (play) => {
  const run = await play.load('"fo""o<b>",parent_id->a->b\nx,y\n', { class: "Organization" });
  assertExit(run, 64);
  assertRefused(run, 64, `Unknown column: 'fo"o<b>'`, "Unknown column: 'parent_id->a->b'");
});
