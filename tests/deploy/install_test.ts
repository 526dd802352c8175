import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { bashCompletion } from "../../lib/parameters/manuals/bash_completion.ts";
import { fishCompletion } from "../../lib/parameters/manuals/fish_completion.ts";
import { manPage } from "../../lib/parameters/manuals/man_page.ts";
import { zshCompletion } from "../../lib/parameters/manuals/zsh_completion.ts";
import { outputOf, type ProgramOutput } from "../helpers/shell.ts";
import { deployFile, withInstallation } from "./installation.ts";

const INSTALLED = [
  "644 /etc/logrotate.d/csvrecon",
  "644 /usr/local/lib/systemd/system/csvrecon-mail@.service",
  "644 /usr/local/lib/systemd/system/csvrecon-serve.service",
  "644 /usr/local/lib/systemd/system/csvrecon@.service",
  "644 /usr/local/lib/systemd/system/csvrecon@.timer",
  "644 /usr/local/share/bash-completion/completions/csvrecon",
  "644 /usr/local/share/csvrecon/csvrecon.cron",
  "644 /usr/local/share/csvrecon/csvrecon.nginx",
  "644 /usr/local/share/csvrecon/installed_files",
  "644 /usr/local/share/fish/vendor_completions.d/csvrecon.fish",
  "644 /usr/local/share/man/man1/csvrecon.1",
  "644 /usr/local/share/zsh/site-functions/_csvrecon",
  "755 /usr/local/bin/csvrecon",
  "755 /usr/local/share/csvrecon/csvrecon-mail",
  "755 /usr/local/share/csvrecon/uninstall.sh",
];

function assertSucceeded({ code, stdout, stderr }: ProgramOutput): void {
  assertEquals([code, stderr], [0, ""], stdout);
}

Deno.test("install.sh puts the program, its manual page, completions, units and a logrotate file in place", () =>
  withInstallation(async ({ install, installed, files }) => {
    assertSucceeded(await install());
    assertEquals(files(), INSTALLED);
    const share = installed("/usr/local/share");
    assertEquals(Deno.readTextFileSync(`${share}/man/man1/csvrecon.1`), manPage());
    assertEquals(Deno.readTextFileSync(`${share}/bash-completion/completions/csvrecon`), bashCompletion());
    assertEquals(Deno.readTextFileSync(`${share}/zsh/site-functions/_csvrecon`), zshCompletion());
    assertEquals(Deno.readTextFileSync(`${share}/fish/vendor_completions.d/csvrecon.fish`), fishCompletion());
    assertMatch(await outputOf(installed("/usr/local/bin/csvrecon"), ["--version"]), /^csvrecon \d/);
  }));

Deno.test("install.sh makes folders that only the user and the group may enter", () =>
  withInstallation(async ({ install, installed }) => {
    assertSucceeded(await install());
    for (const folder of ["/etc/csvrecon", "/var/lib/csvrecon", "/var/log/csvrecon"]) {
      assertEquals((Deno.statSync(installed(folder)).mode ?? 0) & 0o777, 0o750, folder);
    }
  }));

Deno.test("a second install.sh changes no more than the program's own files", () =>
  withInstallation(async ({ install, installed, files }) => {
    assertSucceeded(await install());
    const own = ["/etc/csvrecon/nightly.job", "/var/lib/csvrecon/csvrecon.db", "/var/log/csvrecon/nightly.log"];
    for (const file of own) Deno.writeTextFileSync(installed(file), "mine");
    Deno.writeTextFileSync(installed("/usr/local/share/man/man1/csvrecon.1"), "of an older version");
    const before = files();
    assertSucceeded(await install());
    assertEquals(files(), before);
    for (const file of own) assertEquals(Deno.readTextFileSync(installed(file)), "mine");
    assertEquals(Deno.readTextFileSync(installed("/usr/local/share/man/man1/csvrecon.1")), manPage());
  }));

Deno.test("uninstall.sh takes away what install.sh put in place, and leaves what is the operator's", () =>
  withInstallation(async ({ install, uninstall, installed, files }) => {
    assertSucceeded(await install());
    Deno.writeTextFileSync(installed("/var/lib/csvrecon/csvrecon.db"), "mine", { mode: 0o600 });
    Deno.writeTextFileSync(installed("/etc/csvrecon/nightly.job"), "mine", { mode: 0o600 });
    assertSucceeded(await uninstall());
    assertEquals(files(), ["600 /etc/csvrecon/nightly.job", "600 /var/lib/csvrecon/csvrecon.db"]);
    const again = await uninstall();
    assertSucceeded(again);
    assertMatch(again.stdout, /^csvrecon is not installed in .*\/usr\/local\.\n$/);
  }));

Deno.test("--prefix moves the program, and the units and the crontab know it", () =>
  withInstallation(async ({ install, uninstall, installed, files }) => {
    assertSucceeded(await install("--prefix=/opt/csvrecon"));
    assertEquals(
      files().map((file) => file.slice(4)).filter((path) => !path.startsWith("/opt/csvrecon/")),
      [
        "/etc/logrotate.d/csvrecon",
        "/etc/systemd/system/csvrecon-mail@.service",
        "/etc/systemd/system/csvrecon-serve.service",
        "/etc/systemd/system/csvrecon@.service",
        "/etc/systemd/system/csvrecon@.timer",
      ],
    );
    const service = Deno.readTextFileSync(installed("/etc/systemd/system/csvrecon@.service"));
    assertStringIncludes(service, "\nExecStart=/opt/csvrecon/bin/csvrecon run ");
    const server = Deno.readTextFileSync(installed("/etc/systemd/system/csvrecon-serve.service"));
    assertStringIncludes(server, "\nExecStart=/opt/csvrecon/bin/csvrecon serve ");
    const mail = Deno.readTextFileSync(installed("/etc/systemd/system/csvrecon-mail@.service"));
    assertStringIncludes(mail, "\nExecStart=/opt/csvrecon/share/csvrecon/csvrecon-mail %i\n");
    const cron = Deno.readTextFileSync(installed("/opt/csvrecon/share/csvrecon/csvrecon.cron"));
    assertStringIncludes(cron, "\nPATH=/opt/csvrecon/bin:/usr/bin:/bin\n");
    assertStringIncludes(cron, " || /opt/csvrecon/share/csvrecon/csvrecon-mail nightly ");
    assertSucceeded(await uninstall("--prefix=/opt/csvrecon"));
    assertEquals(files(), []);
  }));

Deno.test("install.sh installs nothing where it cannot", () =>
  withInstallation(async ({ install, uninstall, write, files }) => {
    const broken = write("broken", "no program");
    const refused = [
      { run: await install("--colour=red"), expected: "install.sh: unknown argument '--colour=red'." },
      { run: await install("--prefix=here"), expected: "install.sh: unknown argument '--prefix=here'." },
      { run: await install(`--binary=${broken}`), expected: `install.sh: ${broken} does not run on this machine` },
      { run: await uninstall("--all"), expected: "uninstall.sh: unknown argument '--all'." },
    ];
    for (const { run, expected } of refused) {
      assertEquals(run.code, 1);
      assertStringIncludes(run.stderr, expected);
    }
    assertEquals(files(), []);
  }));

Deno.test("uninstall.sh ends the server and the timers, for now and for later", async () => {
  const [stopUnits] = /^stop_units\(\) \{\n[\s\S]*?\n\}\n/m.exec(deployFile("uninstall.sh")) ?? [];
  const systemctl = `systemctl() {
  case $1 in
  list-units) echo 'csvrecon@nightly.timer loaded active waiting' ;;
  *) echo "$*" ;;
  esac
}
`;
  assertEquals(
    await outputOf("sh", ["-eu"], { stdin: `${systemctl}${stopUnits}stop_units\n` }),
    "disable --now csvrecon@nightly.timer\ndisable --now csvrecon-serve.service\n",
  );
});

Deno.test("the password is its user's alone, and no group's", () => {
  const page = Deno.readTextFileSync(new URL("../../docs/server.md", import.meta.url));
  assertMatch(page, /\n {4}install -m 0400 -o csvrecon \/dev\/stdin \/etc\/csvrecon\/password /);
  assertMatch(deployFile("csvrecon.cron"), /chown csvrecon, chmod 0400/);
});

for (const script of ["install.sh", "uninstall.sh", "csvrecon-mail"]) {
  Deno.test(`${script} is a script for every sh`, async () => {
    const text = deployFile(script);
    assertMatch(text, /^#!\/bin\/sh\n/);
    assertEquals(await outputOf("sh", ["-n"], { stdin: text }), "");
    for (const ofBash of [/\[\[/, /^\s*local /m, /\bfunction /, /<\(/, /\$'/, /pipefail/, /\w\+=/, /<<</]) {
      assertEquals(text.match(ofBash), null);
    }
  });
}
