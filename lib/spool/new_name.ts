/** The name of a file that is whole: given to it at once, and never in place of another file. */

/**
 * Gives a file another name. Its old one may be left beside it, for the caller to remove.
 * @param unfinished path for the system, in the folder of `path`
 * @throws Deno.errors.AlreadyExists when there is something of that name; what else the system says. Then nothing new is there
 */
export function giveNewName(unfinished: string, path: string): void {
  try {
    // A second name is given only if it is free, and all at once.
    Deno.linkSync(unfinished, path);
    return;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists || error instanceof Deno.errors.NotFound) throw error;
  }
  renameToFree(unfinished, path);
}

/** For a file system without second names, such as FAT. To rename would replace what is there: so the name is taken first. */
function renameToFree(unfinished: string, path: string): void {
  Deno.openSync(path, { createNew: true, write: true, mode: 0o600 }).close();
  try {
    Deno.renameSync(unfinished, path);
  } catch (error) {
    removeTaken(path);
    throw error;
  }
}

/** Nobody else has written there: an empty file is no finished one. */
function removeTaken(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // Why the file has no name matters more.
  }
}
