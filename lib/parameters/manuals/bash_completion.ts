/** The completion script for bash. */
import { WORD_PLACES } from "../list/command_words.ts";
import { PARAMETERS } from "../list/definitions.ts";
import { headOf, inApostrophes, offeredFiles, offeredValues, typedParametersOf } from "./completion_candidates.ts";
import { COMMANDS } from "../list/parameter_definition.ts";

/** @returns the script, ending with a line end */
export function bashCompletion(): string {
  const commands = inApostrophes(COMMANDS.join(" "));
  return [...headOf("bash"), "", `_csvrecon_commands=${commands}`, lists(), MACHINE].join("\n");
}

/** Three functions that set variables of their caller: they need no process of their own, and arrays by name are bash 4. */
function lists(): string {
  const parameters = COMMANDS.map((command) => {
    const names = typedParametersOf(command).map((parameter) => parameter.name);
    return names.length === 0 ? null : `${command}) names=${inApostrophes(names.join(" "))} ;;`;
  });
  const values = PARAMETERS.map((parameter) =>
    branch([parameter.name, ...parameter.aliases].join("|"), offeredValues(parameter), offeredFiles(parameter))
  );
  const words = WORD_PLACES.map(({ behind, words, repeats }) => {
    const pattern = repeats === true ? `${behind}|${inApostrophes(`${behind} `)}*` : inApostrophes(behind);
    return branch(pattern, words, words.length === 0 ? "one" : "none");
  });
  return [
    ...caseFunction("_csvrecon_names_of", parameters),
    ...caseFunction("_csvrecon_values_of", [...values, "help) values=$_csvrecon_commands ;;"]),
    ...caseFunction("_csvrecon_words_behind", words),
  ].join("\n");
}

function branch(pattern: string, values: readonly string[], files: "none" | "one" | "several"): string | null {
  const settings = [
    ...(values.length === 0 ? [] : [`values=${inApostrophes(values.join(" "))}`]),
    ...(files === "none" ? [] : [`files=${files}`]),
  ];
  return settings.length === 0 ? null : `${pattern}) ${settings.join(" ")} ;;`;
}

function caseFunction(name: string, branches: readonly (string | null)[]): readonly string[] {
  const lines = branches.filter((branch) => branch !== null).map((branch) => `  ${branch}`);
  return ["", `${name}() {`, "  case $1 in", ...lines, "  esac", "}"];
}

/**
 * What does not depend on the list. Readline's own word ends at `=` and `:` where COMP_WORDBREAKS says so; what we offer must
 * then leave out what stands before it. Files are left to readline where it sees the whole name, for it knows quotes and `~`.
 */
const MACHINE = `
# The words up to the cursor, as the shell cuts a command line, whatever COMP_WORDBREAKS says.
_csvrecon_split() {
  local rest=$COMP_LINE piece i
  words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece=\${COMP_WORDS[i]}
    if [[ $i == 0 || $rest == [[:space:]]* ]]; then
      words+=('')
      rest=\${rest#"\${rest%%[![:space:]]*}"}
    fi
    if [[ $i == "$COMP_CWORD" ]]; then
      local left=$((COMP_POINT - \${#COMP_LINE} + \${#rest}))
      piece=\${piece:0:$((left > 0 ? left : 0))}
      [[ $piece =~ ^[=:]*$ ]] || shown=$piece
    fi
    words[\${#words[@]} - 1]+=$piece
    rest=\${rest#"$piece"}
  done
}

# Offers what begins with the typed word, in any case. $1: what stands before each value, $2: behind it, $3: the values
_csvrecon_offer() {
  local value restore
  restore=$(shopt -p nocasematch)
  shopt -s nocasematch
  for value in $3; do
    value=$1$value$2
    if [[ $value == "$typed"* ]]; then COMPREPLY+=("\${value#"$kept"}"); fi
  done
  $restore
}

# Offers files. $1: what stands before the name in the typed word, $2: behind it
_csvrecon_offer_files() {
  if [[ \${#COMPREPLY[@]} == 0 && $1 == "$kept" || $typed == *[\\\\\\"\\']* ]]; then
    compopt -o default 2>/dev/null
    if [[ -n $2 ]]; then compopt +o nospace 2>/dev/null; fi
    return
  fi
  local file offered
  while IFS= read -r file; do
    printf -v offered '%s%q' "$1" "$file"
    if [[ -d $file ]]; then offered+=/; else offered+=$2; fi
    COMPREPLY+=("\${offered#"$kept"}")
  done < <(compgen -f -- "\${typed#"$1"}")
}

# Offers values. $1: the parameter, $2: what stands before the value in the typed word
_csvrecon_offer_values() {
  local values='' files=none before=$2
  _csvrecon_values_of "\${1//-/_}"
  _csvrecon_offer "$2" ' ' "$values"
  case $files in
  one) _csvrecon_offer_files "$2" ' ' ;;
  several)
    if [[ $typed == *,* ]]; then before=\${typed%,*},; fi
    # Another file may follow: no blank.
    _csvrecon_offer_files "$before" ''
    ;;
  esac
}

# Offers the parameters of $command that are not typed yet, spelt as the typed word begins.
_csvrecon_offer_parameters() {
  local names='' name offered=''
  _csvrecon_names_of "$command"
  for name in $names; do
    if [[ $given != *" $name "* ]]; then offered+=" $name"; fi
  done
  if [[ $typed == --*-* ]]; then offered=\${offered//_/-}; fi
  _csvrecon_offer -- '=' "$offered"
  _csvrecon_offer -- ' ' help
  if [[ \${#words[@]} == 2 ]]; then _csvrecon_offer -- ' ' version; fi
}

# Offers the words that may stand here; where there are none, parameters.
_csvrecon_offer_words() {
  local values='' files=none
  if [[ \${#words[@]} == 2 ]]; then values=$_csvrecon_commands; fi
  _csvrecon_words_behind "$behind"
  _csvrecon_offer '' ' ' "$values"
  if [[ $files != none ]]; then
    _csvrecon_offer_files '' ' '
  elif [[ -z $values && -z $typed ]]; then
    _csvrecon_offer_parameters
  fi
}

_csvrecon() {
  COMPREPLY=()
  compopt +o default 2>/dev/null
  local -a words
  local shown='' i
  _csvrecon_split
  local last=$((\${#words[@]} - 1))
  local typed=\${words[last]} command=import behind='' name='' given=' '
  local kept=\${typed%"$shown"}
  for ((i = 1; i < last; i++)); do
    if [[ \${words[i]} == --[A-Za-z]* ]]; then
      name=\${words[i]#--}
      given+="\${name%%=*} "
      if [[ $name == *=* ]]; then name=''; fi
    elif [[ -n $name ]]; then
      name=''
    else
      behind+="\${behind:+ }\${words[i]}"
      if [[ $i == 1 && " $_csvrecon_commands " == *" \${words[i]} "* ]]; then command=\${words[i]}; fi
    fi
  done
  given=\${given//-/_}
  if [[ $typed =~ ^[0-9\\&]*[\\<\\>] || \${words[last - 1]} =~ ^[0-9\\&]*[\\<\\>]+[\\&\\|]?$ ]]; then
    compopt -o default +o nospace 2>/dev/null
  elif [[ $typed == --[A-Za-z]*=* ]]; then
    name=\${typed%%=*}
    _csvrecon_offer_values "\${name#--}" "$name="
  elif [[ -n $name && $typed != --* ]]; then
    _csvrecon_offer_values "$name" ''
  elif [[ $typed == -* ]]; then
    _csvrecon_offer_parameters
  else
    _csvrecon_offer_words
  fi
}

# Bash 3.2 has no compopt: there, files are offered wherever nothing else is.
complete -o nospace -o default -F _csvrecon csvrecon
`;
