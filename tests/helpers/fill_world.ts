/** What is in the world of the golden cases: fixtures/world, loaded by the administrator that `init` makes. */
import { fixturePath, readFixture } from "./fixtures.ts";
import { ADMIN } from "./golden_case.ts";
import { assertExit, type Scratch } from "./scratch.ts";

/** @param database a path, or an address */
export async function fillWorld({ run }: Scratch, database: string): Promise<void> {
  assertExit(await run(["init", `--db=${database}`, `--admin_user=${ADMIN}`, `--admin_pwd=${ADMIN}`]), 0);
  const steps = JSON.parse(readFixture("world", "world.json")) as Record<string, string>[];
  for (const step of steps) {
    const parameters = Object.entries(step).map(([name, value]) => `--${name}=${value}`);
    const args = [...parameters, `--db=${database}`, `--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`];
    assertExit(await run(args, { folder: fixturePath("world") }), 0);
  }
}
