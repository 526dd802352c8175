/** Text in the language of manual pages: roff with the man macros, as groff_man(7) describes it. */

/** Characters. Longer lines of the source annoy its readers, and mandoc says so. */
const LINE_WIDTH = 78;

/** What roff would read as something else than itself, in text that must come out as it was typed. */
const LITERAL: Readonly<Record<string, string>> = {
  "\\": "\\e",
  "-": "\\-",
  "'": "\\(aq",
  '"': "\\(dq",
  "`": "\\(ga",
  "^": "\\(ha",
  "~": "\\(ti",
};

/** What people type: it comes out character for character, so that it can be copied from the page. */
export function literal(text: string): string {
  return toAscii(text.replace(/[\\\-'"`^~]/g, (character) => LITERAL[character] ?? character));
}

/** What people type, in bold. */
export function bold(text: string): string {
  return `\\fB${literal(text)}\\fR`;
}

/** What stands for something that people choose, in italics. */
export function italic(text: string): string {
  return `\\fI${literal(text)}\\fR`;
}

/** A sentence: what is between backticks in it is bold, and only a hyphen between the letters of a word may become a dash. */
export function prose(text: string): string {
  return text.split("`").map((piece, index) => index % 2 === 1 ? bold(piece) : plain(piece)).join("");
}

function plain(text: string): string {
  const hyphensMarked = text.split(/(?<=[a-z])-(?=[a-z])/);
  return hyphensMarked.map(literal).join("-");
}

/** Lines of text: broken at blanks, none of them a request to roff. */
export function lines(text: string): readonly string[] {
  const broken: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > LINE_WIDTH) {
      broken.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...broken, line].map(notARequest);
}

/** A full stop or an apostrophe at the start of a line begins a request. */
function notARequest(line: string): string {
  return /^[.']/.test(line) ? `\\&${line}` : line;
}

/** Older formatters read bytes, not UTF-8. */
function toAscii(text: string): string {
  return [...text].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 128 ? character : `\\[u${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  }).join("");
}
