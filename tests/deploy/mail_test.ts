/** The mail about a job that failed, as a fake sendmail gets it. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { withScratch } from "../helpers/scratch.ts";
import { type ProgramOutput, runShell } from "../helpers/shell.ts";
import { deployFile } from "./installation.ts";
import { type Mail, readMail } from "./read_mail.ts";

/** A machine with the script, and a folder that stands for `/`. */
interface Machine {
  /** Runs the script; the variables come on top of an empty environment. */
  send(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<ProgramOutput>;
  /** What sendmail was given; null: it was not called. */
  mail(): Mail | null;
  /** Writes a file, its folders too. @returns its path */
  put(path: string, content: string | Uint8Array): string;
  /** Puts a program in the place of the machine's. */
  program(name: string, script: string): void;
}

const REJECTS = "/var/lib/csvrecon/rejects/nightly";
/** Programs of every machine, which the script may use. */
const ORDINARY = ["sh", "cat", "tr", "sed", "awk", "find", "wc", "uname", "od", "fold", "base64"];

function withMachine(use: (machine: Machine) => Promise<void>): Promise<void> {
  return withScratch(async ({ path }) => {
    const put = (name: string, content: string | Uint8Array) => {
      const file = path(`root${name}`);
      Deno.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
      Deno.writeFileSync(file, typeof content === "string" ? new TextEncoder().encode(content) : content);
      return file;
    };
    // A sendmail of this machine is none of ours.
    const script = deployFile("csvrecon-mail")
      .replaceAll(/\/(?:etc|var\/lib)\/(?=csvrecon)/g, (folder) => path(`root${folder}`))
      .replace(":/usr/sbin:/usr/lib\n", "\n");
    put("/bin/csvrecon-mail", script);
    for (const name of ORDINARY) Deno.symlinkSync(await whereIs(name), path(`root/bin/${name}`));
    const program = (name: string, text: string) => Deno.chmodSync(put(`/bin/${name}`, `#!/bin/sh\n${text}\n`), 0o755);
    program("sendmail", `echo "$@" >"${path("arguments")}"; cat >"${path("mail")}"`);
    await use({
      put,
      program,
      send: (args, env = {}) =>
        runShell("sh", [path("root/bin/csvrecon-mail"), ...args], { env: { PATH: path("root/bin"), ...env } }),
      mail: () => {
        const isSent = [...Deno.readDirSync(path("."))].some(({ name }) => name === "mail");
        if (isSent) assertEquals(Deno.readTextFileSync(path("arguments")), "-t -i\n");
        return isSent ? readMail(Deno.readTextFileSync(path("mail"))) : null;
      },
    });
  });
}

async function whereIs(program: string): Promise<string> {
  const { stdout } = await runShell("sh", ["-c", `command -v ${program}`]);
  return stdout.trim();
}

/** Sends, which must go well. */
async function sent(machine: Machine, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Mail> {
  assertEquals(await machine.send(args, env), { code: 0, stdout: "", stderr: "" });
  const mail = machine.mail();
  assert(mail !== null);
  return mail;
}

Deno.test("a mail has the files of rows in error, byte for byte, and what the job said", () =>
  withMachine(async (machine) => {
    const bytes = new Uint8Array(70_000).map((_, index) => (index * 7919) >> 3);
    machine.put(`${REJECTS}/persons.rejects.csv`, bytes);
    machine.put(`${REJECTS}/teams.rejects.csv`, "Name\n.\n");
    const output = machine.put("/said", "csvrecon: line 3, Name 'Zoë': wrong\n#Issues: 1\n");
    const { headers, body, attachments } = await sent(machine, ["nightly", "1", output]);
    assertEquals(headers.get("to"), "root");
    assertMatch(headers.get("subject") ?? "", /^csvrecon job nightly on \S+: exit code 1, rows in error$/);
    assertEquals(headers.get("auto-submitted"), "auto-generated");
    assertStringIncludes(body, "\n\ncsvrecon: line 3, Name 'Zoë': wrong\n#Issues: 1\n\n");
    assertMatch(body, /\n\S+\/rejects\/nightly\/persons\.rejects\.csv \(70000 bytes, attached\)\n/);
    assertEquals(attachments.map(({ name, plainName }) => [name, plainName]), [
      ["persons.rejects.csv", "persons.rejects.csv"],
      ["teams.rejects.csv", "teams.rejects.csv"],
    ]);
    assertEquals(attachments.map((attachment) => attachment.bytes), [bytes, new TextEncoder().encode("Name\n.\n")]);
  }));

Deno.test("hostile names of files and jobs are names, no headers and no commands", () =>
  withMachine(async (machine) => {
    const names = [
      '"; rm -rf .csv',
      "$(touch hacked)`touch hacked`.csv",
      "-rf",
      "a\nBcc: x@example.org",
      "Zoë [1]*.csv",
    ];
    const job = "x\nBcc: y@example.org$(touch hacked)\\c";
    names.push("y".repeat(255), "é".repeat(127));
    for (const name of names) machine.put(`/var/lib/csvrecon/rejects/${job}/${name}`, `of ${name}`);
    const { headers, body, attachments } = await sent(machine, [job, "1", machine.put("/said", "\0said\x1b[2J\n")]);
    assert(!headers.has("bcc"));
    assertMatch(headers.get("subject") ?? "", /^csvrecon job xBcc: y@example\.org\$\(touch hacked\)\\c on /);
    assertStringIncludes(body, "\nsaid[2J\n");
    assertStringIncludes(body, "/a?Bcc: x@example.org (");
    assertEquals(attachments.map(({ name }) => name).sort(), [...names].sort());
    for (const { name, bytes } of attachments) assertEquals(new TextDecoder().decode(bytes), `of ${name}`);
  }));

Deno.test("what is not a file of this night stays out of the mail: links, folders, pipes, old files", () =>
  withMachine(async (machine) => {
    const old = machine.put(`${REJECTS}/old.rejects.csv`, "old");
    Deno.utimeSync(old, 0, 0);
    const folder = old.slice(0, old.lastIndexOf("/"));
    Deno.symlinkSync(machine.put("/etc/csvrecon/password", "secret"), `${folder}/link.csv`);
    machine.put(`${REJECTS}/folder/inside.csv`, "inside");
    machine.put(`${REJECTS}/.csvrecon-new-1.tmp`, "half of it");
    assertEquals((await runShell("mkfifo", [`${folder}/pipe.csv`])).code, 0);
    const { body, attachments } = await sent(machine, ["nightly", "66", machine.put("/said", "")]);
    assertEquals(attachments, []);
    assertMatch(body, /old\.rejects\.csv \(3 bytes, older than a day, of an earlier run\)\n$/);
    for (const name of ["link.csv", "inside.csv", "pipe.csv", ".tmp"]) assert(!body.includes(name), name);
  }));

Deno.test("files that are too large are named, and others attached", () =>
  withMachine(async (machine) => {
    machine.put(`${REJECTS}/a.csv`, "a".repeat(101));
    machine.put(`${REJECTS}/b.csv`, "b".repeat(60));
    machine.put(`${REJECTS}/c.csv`, "c".repeat(41));
    const said = machine.put("/said", "");
    const some = await sent(machine, ["nightly", "1", said], { CSVRECON_MAIL_ATTACH_MAX: "100" });
    assertEquals(some.attachments.map(({ name }) => name), ["b.csv"]);
    assertMatch(
      some.body,
      /a\.csv \(101 bytes, not attached\)\n.*b\.csv \(60 bytes, attached\)\n.*c\.csv \(41 .*not attached\)\n$/,
    );
    const none = await sent(machine, ["nightly", "1", said], { CSVRECON_MAIL_ATTACH_MAX: "0" });
    assertEquals(none.attachments, []);
    const wrong = await machine.send(["nightly", "1", said], { CSVRECON_MAIL_ATTACH_MAX: "many" });
    assertEquals([wrong.code, wrong.stderr], [
      64,
      "csvrecon-mail: CSVRECON_MAIL_ATTACH_MAX is 'many', expected a number of bytes\n",
    ]);
  }));

Deno.test("of more than a hundred files the first are attached, and the others counted", () =>
  withMachine(async (machine) => {
    for (let file = 0; file < 103; file++) machine.put(`${REJECTS}/${1000 + file}.csv`, "Name\n");
    const { body, attachments } = await sent(machine, ["nightly", "1", machine.put("/said", "")]);
    assertEquals([attachments.length, attachments.at(-1)?.name], [100, "1099.csv"]);
    assertMatch(body, /1099\.csv \(5 bytes, attached\)\n\.\.\. and 3 more in \S+\/rejects\/nightly\n$/);
  }));

Deno.test("where there are no rows in error the mail says so", () =>
  withMachine(async (machine) => {
    const { body, attachments } = await sent(machine, [
      "nightly",
      "78",
      machine.put("/said", "csvrecon: no database\n"),
    ]);
    assertEquals(attachments, []);
    assertMatch(
      body,
      /: exit code 78, the database cannot be used\n\ncsvrecon: no database\n\nThere is no file of rows in error in /,
    );
  }));

Deno.test("the journal is asked for the very run that failed, and without its id for the unit's last lines", () =>
  withMachine(async (machine) => {
    machine.program("journalctl", 'echo "asked: $*"');
    machine.program("systemctl", "case $* in *csvrecon@nightly.service) echo 65 ;; esac");
    const told = { MONITOR_INVOCATION_ID: "0f".repeat(16), MONITOR_EXIT_STATUS: "1" };
    const known = await sent(machine, ["nightly"], told);
    const id = told.MONITOR_INVOCATION_ID;
    assertStringIncludes(known.body, `--output=cat _SYSTEMD_INVOCATION_ID=${id} + INVOCATION_ID=${id}\n`);
    assertStringIncludes(known.headers.get("subject") ?? "", ": exit code 1, rows in error");
    for (const env of [{}, { MONITOR_INVOCATION_ID: "--all" }]) {
      const unknown = await sent(machine, ["nightly"], env);
      assertStringIncludes(unknown.body, "--output=cat --unit=csvrecon@nightly.service --lines=150\n");
      assertStringIncludes(unknown.headers.get("subject") ?? "", ": exit code 65, ");
    }
  }));

Deno.test("a mail goes out when the journal cannot be read", () =>
  withMachine(async (machine) => {
    machine.put(`${REJECTS}/persons.rejects.csv`, "Name\n");
    const { body, attachments } = await sent(machine, ["nightly"], { MONITOR_EXIT_STATUS: "KILL" });
    assertMatch(body, /journalctl: .*not found/);
    assertEquals(attachments.length, 1);
  }));

Deno.test("of a long output the mail has what was said of mistakes, and the end", () =>
  withMachine(async (machine) => {
    const rows = Array.from({ length: 5000 }, (_, row) => `${row};created;Person;1`);
    const lines = ["csvrecon: line 3: wrong", "  a hint", ...rows, "#Exit Code: 1", "é".repeat(1000)];
    const { body } = await sent(machine, ["nightly", "1", machine.put("/said", lines.join("\n"))]);
    assertStringIncludes(body, "\n\ncsvrecon: line 3: wrong\n  a hint\n\n... 5004 lines in all, the last of them:\n\n");
    assertStringIncludes(body, "\n4999;created;Person;1\n#Exit Code: 1\n");
    assert(!body.includes("\n0;created"));
    assert(body.split("\n").length < 60);
  }));

Deno.test("addresses come from mail_to, else from MAILTO; an empty one is nobody", () =>
  withMachine(async (machine) => {
    const args = ["nightly", "1", machine.put("/said", "")];
    assertEquals((await sent(machine, args, { MAILTO: "ops@example.org" })).headers.get("to"), "ops@example.org");
    machine.put("/etc/csvrecon/mail_to", "# at night\r\nann@example.org,\n\n  bob@example.org  # too\nx\rBcc: eve\n");
    const { headers } = await sent(machine, args, { MAILTO: "ops@example.org" });
    assertEquals(headers.get("to"), "ann@example.org, bob@example.org, x Bcc: eve");
    assert(!headers.has("bcc"));
    machine.program("sendmail", "exit 1");
    machine.put("/etc/csvrecon/mail_to", "# nobody\n");
    assertEquals(await machine.send(args), { code: 0, stdout: "", stderr: "" });
  }));

Deno.test("where no mail can be sent standard error has what it would have said", () =>
  withMachine(async (machine) => {
    const args = ["nightly", "1", machine.put("/said", "")];
    machine.program("sendmail", "cat >/dev/null; exit 75");
    const refused = await machine.send(args);
    assertEquals([refused.code, refused.stdout], [69, ""]);
    assertMatch(
      refused.stderr,
      /^csvrecon-mail: csvrecon job nightly on \S+: exit code 1, rows in error; sendmail did not take the mail\n$/,
    );
    Deno.removeSync(`${machine.put("/bin/sendmail", "")}`);
    const missing = await machine.send(args);
    assertEquals([missing.code, missing.stdout], [69, ""]);
    assertMatch(missing.stderr, /: exit code 1, rows in error; there is no sendmail to tell root \n$/);
    assertEquals(machine.mail(), null);
  }));

Deno.test("a job is a name", () =>
  withMachine(async (machine) => {
    for (const job of ["", "..", "../../etc", "-n"]) {
      const { code, stderr } = await machine.send([job, "1"]);
      assertEquals([code, stderr], [64, "csvrecon-mail: usage: csvrecon-mail JOB [EXIT_CODE [OUTPUT]]\n"], job);
    }
    assertEquals(machine.mail(), null);
  }));
