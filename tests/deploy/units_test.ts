import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { EXIT } from "../../lib/errors.ts";
import { isInstalled, runShell } from "../helpers/shell.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";
import { deployFile } from "./installation.ts";

const IN_SYSTEMD = { ignore: !isInstalled("systemd-analyze") };
const NEEDS = IN_SYSTEMD.ignore ? " (left out: there is no systemd-analyze on this machine)" : "";

const UNITS = ["csvrecon@.service", "csvrecon@.timer", "csvrecon-mail@.service", "csvrecon-serve.service"];

/** The units, with a program that is there on every machine. */
function withUnits(use: (folder: string) => Promise<void>): Promise<void> {
  return withTemporaryFolder(({ folder, write }) => {
    for (const unit of UNITS) {
      write(
        unit,
        deployFile(unit).replace(/\/usr\/local\/(?:bin\/csvrecon|share\/csvrecon\/csvrecon-mail)/, "/bin/true"),
      );
    }
    return use(folder);
  });
}

Deno.test(`systemd finds nothing to complain of in the units${NEEDS}`, IN_SYSTEMD, () =>
  withUnits(async (folder) => {
    const args = ["verify", "--man=no", "--recursive-errors=no", ...UNITS.map((unit) => `./${unit}`)];
    assertEquals(await runShell("systemd-analyze", args, { folder }), { code: 0, stdout: "", stderr: "" });
  }));

Deno.test(
  `systemd calls the service safe: an exposure of at most 1.0 of 10${NEEDS}`,
  IN_SYSTEMD,
  () =>
    withUnits(async (folder) => {
      const args = ["security", "--offline=yes", "--no-pager", "--threshold=10", "./csvrecon@.service"];
      const { code, stdout, stderr } = await runShell("systemd-analyze", args, { folder });
      assertEquals(code, 0, stdout + stderr);
      assertStringIncludes(stdout, "Overall exposure level");
    }),
);

/** The settings of a unit by their names; of a repeated one all values. */
function settingsOf(unit: string): ReadonlyMap<string, readonly string[]> {
  const settings = new Map<string, string[]>();
  for (const [, name = "", value = ""] of deployFile(unit).matchAll(/^(\w+)=(.*)$/gm)) {
    settings.set(name, [...settings.get(name) ?? [], value]);
  }
  return settings;
}

Deno.test(
  `systemd calls the server safe: an exposure of at most 1.5 of 10${NEEDS}`,
  IN_SYSTEMD,
  () =>
    withUnits(async (folder) => {
      const args = ["security", "--offline=yes", "--no-pager", "--threshold=15", "./csvrecon-serve.service"];
      const { code, stdout, stderr } = await runShell("systemd-analyze", args, { folder });
      assertEquals(code, 0, stdout + stderr);
    }),
);

Deno.test("the server speaks to this machine alone unless its operator says otherwise, and writes to its folders alone", () => {
  const settings = settingsOf("csvrecon-serve.service");
  const expected = {
    ProtectSystem: "strict",
    NoNewPrivileges: "yes",
    IPAddressDeny: "any",
    IPAddressAllow: "localhost",
    StateDirectory: "csvrecon",
    RuntimeDirectory: "csvrecon",
    LogsDirectory: "csvrecon",
    CapabilityBoundingSet: "",
  };
  for (const [name, value] of Object.entries(expected)) assertEquals(settings.get(name), [value], name);
  assert(!settings.has("MemoryDenyWriteExecute"));
});

Deno.test("a job that has failed starts the mail about it, which reads and lets sendmail have the rights that it needs", () => {
  assertEquals(settingsOf("csvrecon@.service").get("OnFailure"), ["csvrecon-mail@%i.service"]);
  const settings = settingsOf("csvrecon-mail@.service");
  const expected = {
    User: "csvrecon",
    ProtectSystem: "full",
    ReadOnlyPaths: "-/var/lib/csvrecon -/var/log/csvrecon",
    InaccessiblePaths: "-/etc/csvrecon/password",
    SupplementaryGroups: "systemd-journal",
    KillMode: "process",
  };
  for (const [name, value] of Object.entries(expected)) assertEquals(settings.get(name), [value], name);
  // With any of these, and a User=, programs of other groups do not get their rights (systemd.exec: NoNewPrivileges).
  const without = [
    "NoNewPrivileges",
    "PrivateDevices",
    "SystemCallFilter",
    "SystemCallArchitectures",
    "RestrictAddressFamilies",
    "RestrictNamespaces",
    "RestrictRealtime",
    "RestrictSUIDSGID",
    "LockPersonality",
    "MemoryDenyWriteExecute",
    "ProtectClock",
    "ProtectHostname",
    "ProtectKernelLogs",
    "ProtectKernelModules",
    "ProtectKernelTunables",
  ];
  for (const name of without) assert(!settings.has(name), name);
});

Deno.test("the service is tried again for code 75 alone", () => {
  const settings = settingsOf("csvrecon@.service");
  assertEquals(settings.get("Restart"), ["on-failure"]);
  const prevented = settings.get("RestartPreventExitStatus")?.[0]?.split(" ") ?? [];
  const failures = Object.values(EXIT).filter((code) => code !== EXIT.done);
  assertEquals(failures.filter((code) => !prevented.includes(String(code))), [EXIT.databaseLocked]);
});

Deno.test("the service may write to the database's folder alone, has no network, and lets V8 compile", () => {
  const settings = settingsOf("csvrecon@.service");
  const expected = {
    ProtectSystem: "strict",
    ProtectHome: "yes",
    NoNewPrivileges: "yes",
    PrivateNetwork: "yes",
    StateDirectory: "csvrecon",
    UMask: "0077",
    User: "csvrecon",
    LoadCredential: "password:/etc/csvrecon/password",
    CapabilityBoundingSet: "",
    SuccessExitStatus: String(EXIT.terminated),
  };
  for (const [name, value] of Object.entries(expected)) assertEquals(settings.get(name), [value], name);
  for (const name of ["MemoryDenyWriteExecute", "ReadWritePaths"]) {
    assert(!settings.has(name), name);
  }
});
