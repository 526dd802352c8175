/** Checks that no file and no function is too long (see house_rules.ts). */
import { fromFileUrl } from "@std/path";
import { checkRules } from "./run_house_rules.ts";

const folder = Deno.args[0] ?? fromFileUrl(new URL("..", import.meta.url));
if (!await checkRules("size-", folder, ["lib", "main.ts", "scripts"])) Deno.exit(1);
