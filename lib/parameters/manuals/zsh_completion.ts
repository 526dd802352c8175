/** The completion script for zsh, which describes parameters to its function `_arguments`. */
import { COMMAND_HELP } from "../../messages/help.ts";
import { WORD_PLACES, type WordPlace } from "../list/command_words.ts";
import type { Parameter } from "../list/definitions.ts";
import { headOf, inApostrophes, offeredFiles, offeredValues, typedParametersOf } from "./completion_candidates.ts";
import { COMMANDS, type CommandWord } from "../list/parameter_definition.ts";

/** @returns the script, ending with a line end */
export function zshCompletion(): string {
  // The first line is for compinit, when the script is a file in $fpath.
  return ["#compdef csvrecon", ...headOf("zsh"), "", "_csvrecon() {", ...body(), "}", ENDING].join("\n");
}

function body(): readonly string[] {
  const commands = COMMANDS.map((command) => inApostrophes(`${command}:${COMMAND_HELP[command].summary}`));
  return [
    "  local command=import",
    "  local -a commands given parameters",
    "  commands=(",
    ...commands.map((command) => `    ${command}`),
    "  )",
    WHICH_COMMAND,
    "  case $command in",
    ...COMMANDS.flatMap(branchOf),
    "  esac",
    SPELLINGS,
  ];
}

function branchOf(command: CommandWord): readonly string[] {
  const specifications = [
    ...typedParametersOf(command).flatMap((parameter) => specificationsOf(parameter, command)),
    ...WORD_PLACES.filter(({ behind }) => behind === command).map(wordSpecification),
  ];
  return [
    `  ${command})`,
    "    parameters=(",
    ...specifications.map((specification) => `      ${inApostrophes(specification)}`),
    "    )",
    ...WORD_PLACES.flatMap((place) => behindWord(place, command)),
    "    ;;",
  ];
}

/** An alias is understood, but not offered. */
function specificationsOf(parameter: Parameter, command: CommandWord): readonly string[] {
  const meaning = escaped(parameter.uses[command]?.meaning ?? "");
  // A switch may be named without a value.
  const colons = parameter.kind === "switch" ? "::" : ":";
  const value = `${colons}${escaped(parameter.valueName)}:${actionOf(parameter)}`;
  return [`--${parameter.name}=[${meaning}]${value}`, ...parameter.aliases.map((alias) => `!--${alias}=${value}`)];
}

/** What completes a value; a blank: nothing does. */
function actionOf(parameter: Parameter): string {
  const values = offeredValues(parameter);
  const words = `(${values.join(" ")})`;
  switch (offeredFiles(parameter)) {
    case "several":
      return "_sequence _files";
    case "one":
      return values.length === 0 ? "_files" : `{compadd -- ${values.join(" ")}; _files}`;
    case "none":
      return values.length === 0 ? " " : words;
  }
}

function wordSpecification({ behind, words, name, repeats }: WordPlace): string {
  const position = repeats === true ? "*" : behind.split(" ").length;
  return `${position}:${name}:${words.length === 0 ? "_files" : `(${words.join(" ")})`}`;
}

/** A word that may only stand behind another one of the same command. */
function behindWord(place: WordPlace, command: CommandWord): readonly string[] {
  const [first, word] = place.behind.split(" ");
  if (first !== command || word === undefined) return [];
  return [`    (( $words[(I)${word}] )) && parameters+=(${inApostrophes(wordSpecification(place))})`];
}

function escaped(text: string): string {
  return text.replace(/[\\[\]:]/g, "\\$&");
}

const WHICH_COMMAND = `\
  if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then
    _describe -t commands command commands
    return
  fi
  if (( CURRENT > 2 && \${commands[(I)$words[2]:*]} )); then
    command=$words[2]
    words[2]=()
    (( CURRENT-- ))
  fi`;

/** `_arguments` understands what it may not offer when a `!` stands before it. */
const SPELLINGS = `\
  # A name may have hyphens between its words: they are offered where one is typed.
  local parameter name hyphenated
  for parameter in $parameters; do
    name=\${parameter%%=*}
    hyphenated=\${name//_/-}
    if [[ $parameter != --* || $name == $hyphenated ]]; then
      given+=("$parameter")
    elif [[ $PREFIX == --*-* ]]; then
      given+=("!$parameter" "$hyphenated=\${parameter#*=}")
    else
      given+=("$parameter" "!$hyphenated=\${parameter#*=}")
    fi
  done
  _arguments '--help[show the help]' $given`;

const ENDING = `
if [[ $funcstack[1] == _csvrecon ]]; then
  _csvrecon "$@"
else
  compdef _csvrecon csvrecon
fi
`;
