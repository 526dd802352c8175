/** Imports of random files into copies of a database that is at the server in use. */
import { serverName } from "../helpers/both_databases.ts";
import { sharedServer } from "../helpers/postgres_databases.ts";

import type { PostgresServer } from "../helpers/postgres_server.ts";
import type { Scratch } from "../helpers/scratch.ts";
import { askServer, serverInUse } from "../helpers/server_in_use.ts";
import { Laboratory } from "./tried_import.ts";

/** With which imports begin. */
const KEPT = "laboratory";

class LaboratoryAtServer extends Laboratory {
  /** Names of databases by their addresses. */
  readonly #names = new Map<string, string>();

  constructor(scratch: Scratch, private readonly server: PostgresServer) {
    super(scratch);
  }

  override async init(model: Record<string, unknown>): Promise<void> {
    await this.initAt(this.#make(KEPT, "template1"), model);
  }

  override copy(name: string): string {
    return this.#make(databaseOf(name), KEPT);
  }

  override keep(database: string): void {
    this.#make(KEPT, this.#names.get(database) ?? "");
  }

  /** Nobody may be connected with what it is copied from. @returns its address */
  #make(database: string, template: string): string {
    askServer(serverName(this.server.address()), [
      `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`,
      `CREATE DATABASE ${database} TEMPLATE ${template}`,
    ]);
    const address = serverName(this.server.address({ database }));
    this.#names.set(address, database);
    return address;
  }
}

/** @param name of a file, as `real.db` */
function databaseOf(name: string): string {
  return `laboratory_${name.replaceAll(/\W/g, "_")}`;
}

/** With files, or at the server that is in use. */
export async function openLaboratory(scratch: Scratch): Promise<Laboratory> {
  const release = serverInUse();
  return release === null ? new Laboratory(scratch) : new LaboratoryAtServer(scratch, await sharedServer(release));
}
