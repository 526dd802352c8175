/** Who may read and write a change log beside a database: nobody who may not read or write the database. */

const OWNER = 0o600;
const GROUP = 0o060;
const OTHERS = 0o006;

/** What is done to a file; tests have their own. */
export interface FileRights {
  readonly stat: (path: string) => Pick<Deno.FileInfo, "mode" | "uid" | "gid">;
  readonly chown: (path: string, uid: number | null, gid: number | null) => void;
  readonly chmod: (path: string, mode: number) => void;
}

const SYSTEM: FileRights = { stat: Deno.statSync, chown: Deno.chownSync, chmod: Deno.chmodSync };

/**
 * Gives a file that only its user may use the mode, the group and, if that may be, the owner of the database.
 * @throws whatever the system says: then nobody else may use it
 */
export function giveRightsOf(database: string, file: string, system: FileRights = SYSTEM): void {
  const { mode, uid, gid } = system.stat(database);
  // Windows has none of these.
  if (mode === null || uid === null || gid === null) return;
  const own = system.stat(file);
  const isOwners = own.uid === uid || attempt(() => system.chown(file, uid, null));
  const isGroups = own.gid === gid || attempt(() => system.chown(file, null, gid));
  system.chmod(file, rightsOf(mode, isOwners, isGroups));
}

/** Of a file of another owner or group, everybody but its own user has what all others have of the database. */
function rightsOf(mode: number, isOwners: boolean, isGroups: boolean): number {
  const group = (mode & GROUP) >> 3;
  const others = mode & OTHERS;
  // Whoever is in the database's group, or is its owner, may be one of all others here.
  const common = others & group & ((mode & OWNER) >> 6);
  if (isOwners && isGroups) return mode & (OWNER | GROUP | OTHERS);
  if (isGroups) return OWNER | ((group & ((mode & OWNER) >> 6)) << 3) | common;
  return OWNER | (common << 3) | common;
}

function attempt(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
