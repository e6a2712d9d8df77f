#!/usr/bin/env bash
# pages.sh PROGRAM FOLDER: man pages and completions for bash, zsh and fish, made of what the program
# says itself under --help, so that they cannot differ from it.
set -euo pipefail
program=$1 folder=$2
mkdir -p "$folder/man" "$folder/bash" "$folder/zsh" "$folder/fish"
version=$("$program" --version | cut -d' ' -f2)

verbs() { "$program" --help | sed -n 's/^  \([a-z]\{1,9\}\) \+[a-z].*/\1/p'; }
summary() { "$program" --help | sed -n "s/^  $1 \\+\\(.*\\)/\\1/p" | head -1; }
options() { "$program" "$1" --help | grep -o -- '^ *\(-[a-z] \[ \)\?--[a-z0-9-]\+' | grep -o -- '--[a-z0-9-]\+' | sort -u; }
escaped() { sed -e 's/\\/\\e/g' -e "s/^\\([.']\\)/\\\\\\&\\1/" -e 's/-/\\-/g'; }

man_page() { # NAME SUMMARY COMMAND...
  local name=$1 text=$2
  shift 2
  printf '.TH %s 1 "" "vfstock %s" "User Commands"\n.SH NAME\n%s \\- %s\n.SH DESCRIPTION\n.nf\n' \
    "${name^^}" "$version" "$name" "$(printf '%s' "$text" | escaped)"
  "$@" | escaped
  printf '.fi\n.SH SEE ALSO\nvfstock(1)\n'
}

man_page vfstock "keeps a VPS shop's stock honest" "$program" --help >"$folder/man/vfstock.1"
for verb in $(verbs); do
  man_page "vfstock-$verb" "$(summary "$verb")" "$program" "$verb" --help \
    >"$folder/man/vfstock-$verb.1"
done

{
  echo '_vfstock() {'
  echo '  local word=${COMP_WORDS[COMP_CWORD]} options='
  echo '  case ${COMP_WORDS[1]} in'
  for verb in $(verbs); do echo "    $verb) options='$(options "$verb" | tr '\n' ' ')' ;;"; done
  echo '  esac'
  echo "  ((COMP_CWORD == 1)) && options='$(verbs | tr '\n' ' ')'"
  echo '  COMPREPLY=($(compgen -W "$options" -- "$word"))'
  echo '}'
  echo 'complete -o default -F _vfstock vfstock'
} >"$folder/bash/vfstock"

{
  echo '#compdef vfstock'
  echo "if ((CURRENT == 2)); then compadd -- $(verbs | tr '\n' ' '); return; fi"
  echo 'case $words[2] in'
  for verb in $(verbs); do echo "  $verb) compadd -- $(options "$verb" | tr '\n' ' ') ;;"; done
  echo 'esac'
  echo '_files'
} >"$folder/zsh/_vfstock"

{
  for verb in $(verbs); do
    echo "complete -c vfstock -n __fish_use_subcommand -a $verb"
    for option in $(options "$verb"); do
      echo "complete -c vfstock -n '__fish_seen_subcommand_from $verb' -l ${option#--}"
    done
  done
} >"$folder/fish/vfstock.fish"
