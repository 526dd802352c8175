/** Checks that every room imports only from the rooms before it, and what else only one room may do (see house_rules.ts). */
import { fromFileUrl } from "@std/path";
import { checkRules } from "./run_house_rules.ts";

const folder = Deno.args[0] ?? fromFileUrl(new URL("..", import.meta.url));
if (!await checkRules("room-", folder, ["lib", "main.ts"])) Deno.exit(1);
