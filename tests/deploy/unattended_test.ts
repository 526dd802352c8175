/** The command lines of the ready files, run as their schedulers would run them. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import { isInstalled, outputOf, runShell } from "../helpers/shell.ts";
import { deployFile, type Installation, withInstallation } from "./installation.ts";
import { readMail } from "./read_mail.ts";

/** An installation with a database, a password file and the job nightly, which loads `organizations`. */
function withJob(organizations: string, use: (installation: Installation) => Promise<void>): Promise<void> {
  return withInstallation(async (installation) => {
    const { install, installed, run } = installation;
    assertEquals((await install()).code, 0);
    const database = installed("/var/lib/csvrecon/csvrecon.db");
    const files = {
      "password": "secret of the loader\n",
      "nightly.job": `auth_user = loader\ndb = ${database}\nimport = organizations.params\n`,
      "organizations.params": `class = Organization\ncsvfile = ${installed("/etc/csvrecon/organizations.csv")}\n`,
      "organizations.csv": organizations,
    };
    for (const [name, text] of Object.entries(files)) Deno.writeTextFileSync(installed(`/etc/csvrecon/${name}`), text);
    const made = await run([
      "init",
      `--db=${database}`,
      "--admin_user=loader",
      `--admin_pwd_file=${installed("/etc/csvrecon/password")}`,
    ]);
    assertEquals(made.exitCode, 0, made.stderr);
    await use(installation);
  });
}

/** What the scheduler runs, with the paths of the installation. */
function moved(text: string, { installed }: Installation): string {
  return text.replaceAll(/\/(?:usr\/local|etc|var)\/(?=\S*(?:csvrecon|bin))/g, (path) => installed(path));
}

const GOOD = "Name,Code\nDemo,DEMO\nIT Department,IT\n";
const ONE_IN_ERROR = "Name,Code\nDemo,DEMO,surplus\nIT Department,IT\n";

/** Runs ExecStart of the service as systemd would: split at blanks, specifiers and variables replaced, no shell. */
async function runService(installation: Installation) {
  const { installed } = installation;
  const unit = Deno.readTextFileSync(installed("/usr/local/lib/systemd/system/csvrecon@.service"));
  const [, execStart = ""] = /^ExecStart=(.*)$/m.exec(unit) ?? [];
  const credentials = installed("/run/credentials/csvrecon@nightly.service");
  Deno.mkdirSync(credentials, { recursive: true });
  Deno.copyFileSync(installed("/etc/csvrecon/password"), `${credentials}/password`);
  const [program = "", ...args] = moved(execStart, installation)
    .replaceAll("%i", "nightly")
    .split(" ")
    .map((word) => word.replaceAll("${CREDENTIALS_DIRECTORY}", credentials));
  return await runShell(program, args, {
    folder: installed("/var/lib/csvrecon"),
    env: { CREDENTIALS_DIRECTORY: credentials },
  });
}

Deno.test("the service's command runs the job with the password of the credential", () =>
  withJob(GOOD, async (installation) => {
    const { code, stdout, stderr } = await runService(installation);
    assertEquals([code, stderr], [0, ""], stdout);
    assertStringIncludes(stdout, "#Created: 2\n");
  }));

Deno.test("the service's command ends with 1 for rows in error, and with 77 for a wrong password", () =>
  withJob(ONE_IN_ERROR, async (installation) => {
    const run = await runService(installation);
    assertEquals(run.code, 1, run.stdout + run.stderr);
    assertStringIncludes(run.stdout, "#Created: 1\n");
    Deno.writeTextFileSync(installation.installed("/etc/csvrecon/password"), "not the secret\n");
    assertEquals((await runService(installation)).code, 77);
  }));

/** Runs the line of the crontab as cron would: its variables, and `sh -c`. @returns what cron and the line itself would send by mail, too */
async function runCronLine(installation: Installation) {
  const crontab = moved(
    Deno.readTextFileSync(installation.installed("/usr/local/share/csvrecon/csvrecon.cron")),
    installation,
  );
  const env = Object.fromEntries([...crontab.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  const lines = crontab.split("\n").filter((line) => /^[\d*]/.test(line));
  assertEquals(lines.length, 1);
  const [, user, command = ""] = /^\S+ \S+ \S+ \S+ \S+\s+(\S+)\s+(.*)$/.exec(lines[0] ?? "") ?? [];
  assertEquals(user, "csvrecon");
  // cron reads a % as the end of the line.
  assert(!command.includes("%"), command);
  const { path, write, installed } = installation;
  const mailed = write("mailed", "");
  Deno.mkdirSync(path("fakes"));
  Deno.chmodSync(write("fakes/sendmail", `#!/bin/sh\ncat >'${mailed}'\n`), 0o755);
  const script = installed("/usr/local/share/csvrecon/csvrecon-mail");
  Deno.writeTextFileSync(script, moved(Deno.readTextFileSync(script), installation));
  const ofCron = await runShell("/bin/sh", ["-c", command], { env: { ...env, PATH: `${path("fakes")}:${env.PATH}` } });
  assertEquals([...Deno.readDirSync(installed("/var/lib/csvrecon"))].filter(({ name }) => name.startsWith("run.")), []);
  const mail = Deno.readTextFileSync(mailed);
  return { ofCron, mail, log: Deno.readTextFileSync(installed("/var/log/csvrecon/nightly.log")) };
}

Deno.test("the crontab's line runs the job, keeps the report and sends no mail", () =>
  withJob(GOOD, async (installation) => {
    const { ofCron, mail, log } = await runCronLine(installation);
    assertEquals([ofCron.stdout, ofCron.stderr, mail], ["", "", ""], log);
    assertStringIncludes(log, "#Created: 2\n");
  }));

Deno.test("the crontab's line sends mail when rows are in error, with these rows", () =>
  withJob(ONE_IN_ERROR, async (installation) => {
    const { installed } = installation;
    const rejects = installed("/var/lib/csvrecon/rejects/nightly");
    Deno.mkdirSync(rejects, { recursive: true });
    Deno.writeTextFileSync(installed("/etc/csvrecon/nightly.job"), `rejects = ${rejects}/\n`, { append: true });
    const { ofCron, mail, log } = await runCronLine(installation);
    assertEquals([ofCron.stdout, ofCron.stderr], ["", ""], log);
    const { headers, body, attachments } = readMail(mail);
    assertMatch(headers.get("subject") ?? "", /^csvrecon job nightly on \S+: exit code 1, rows in error$/);
    assertEquals(headers.get("to"), "root");
    assertMatch(body, /\ncsvrecon: .*line 2.*\n/);
    assertStringIncludes(body, "\n#Exit Code: 1\n");
    assertEquals(attachments.map(({ name }) => name), ["organizations.rejects.csv"]);
    const file = Deno.readFileSync(`${rejects}/organizations.rejects.csv`);
    assertEquals(attachments[0]?.bytes, file);
    assertStringIncludes(log, "#Issues: 1\n");
  }));

Deno.test("logrotate has the server open its log anew", () => {
  const settings = deployFile("csvrecon.logrotate");
  assertMatch(settings, /\n {4}sharedscripts\n {4}postrotate\n(?: {8}.*\n)* {4}endscript\n/);
  assertMatch(settings, /\n {8}.*systemctl .*reload .*csvrecon-serve\.service/);
});

const IN_LOGROTATE = { ignore: !isInstalled("logrotate") };
const NEEDS = IN_LOGROTATE.ignore ? " (left out: there is no logrotate on this machine)" : "";

Deno.test(
  `logrotate takes the log of the crontab's line away${NEEDS}`,
  IN_LOGROTATE,
  () =>
    withInstallation(async ({ install, installed, write, path }) => {
      assertEquals((await install()).code, 0);
      Deno.writeTextFileSync(installed("/var/log/csvrecon/nightly.log"), "a report\n");
      // The user csvrecon is not on this machine.
      const settings = deployFile("csvrecon.logrotate").replace(/^ +su .*\n/m, "").replace(/ csvrecon csvrecon$/m, "");
      const file = write("logrotate.conf", settings.replaceAll("/var/log/", installed("/var/log/")));
      await outputOf("logrotate", ["--force", "--state", path("state"), file]);
      assertEquals(Deno.readTextFileSync(installed("/var/log/csvrecon/nightly.log.1")), "a report\n");
      assertEquals(Deno.readTextFileSync(installed("/var/log/csvrecon/nightly.log")), "");
    }),
);

Deno.test("the Windows batch file runs a job with parameters that there are, and hands on its exit code", () => {
  const batch = deployFile("nightly.cmd");
  assertMatch(batch, /^[\x20-\x7e\n]*$/);
  const [, line = ""] = /^"%~dp0csvrecon\.exe" (.*) >>nightly\.log 2>&1\nexit \/b %ERRORLEVEL%\n$/m.exec(batch) ?? [];
  const { command, words, values, problems } = parseArguments(line.split(" "));
  assertEquals([command, words, [...values.keys()], problems], ["run", ["nightly.job"], ["auth_pwd_file"], []]);
  // schtasks takes no longer commands.
  const [, task = ""] = /\/TR "(.*)"$/m.exec(batch) ?? [];
  assert(task !== "" && task.length <= 261);
});
