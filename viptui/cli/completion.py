"""``viptui completion``: what a shell has to read to complete the words of the command line."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from shlex import quote
from typing import TYPE_CHECKING, Final

from viptui.cli.words import Command, Program, Word, program

if TYPE_CHECKING:
    from viptui.config import Overrides


def run_completion(arguments: Namespace, _overrides: Overrides) -> int:
    """Print the script."""
    sys.stdout.writelines(f"{line}\n" for line in SCRIPTS[arguments.shell](program()))
    sys.stdout.flush()
    return 0


def bash(words: Program) -> Iterator[str]:
    """For bash, 3.2 or newer."""
    values = "|".join(name for each in words.options if each.value for name in each.names)
    yield '# viptui for bash: eval "$(viptui completion bash)" in ~/.bashrc'
    yield from _BASH_HEAD.format(values=values).splitlines()
    yield '    case "$command $before" in'
    for command in words.commands:
        for each in command.options:
            yield from _bash_value([f"{command.name} {name}" for name in each.names], each)
    yield "    esac"
    yield '    case "$before" in'
    for each in words.options:
        yield from _bash_value(each.names, each)
    yield "    esac"
    yield '    case "$command" in'
    yield f'        "") offer="{_names(words.options)} {" ".join(each.name for each in words.commands)}" ;;'
    for command in words.commands:
        options = " ".join(filter(None, (_names(command.options), _names(words.options))))
        choices = " ".join(choice for each in command.arguments for choice in each.choices)
        files = "; files=yes" if any(each.is_file for each in command.arguments) else ""
        offer = f'; [[ $word == -* ]] || offer="{choices}"' if command.arguments else ""
        yield f'        {command.name}) offer="{options}"{offer}{files} ;;'
    yield "    esac"
    yield from _BASH_TAIL.splitlines()


def _bash_value(patterns: Iterable[str], word: Word) -> Iterator[str]:
    if word.value:
        pattern = "|".join(f'"{each}"' for each in patterns)
        words = "_viptui_list" if word.is_list else "_viptui_words"
        what = f'{words} "{" ".join(word.choices)}"' if word.choices else "_viptui_files" if word.is_file else ":"
        yield f'        {pattern}) {what} "$word"; return ;;'


_BASH_HEAD: Final = """\
_viptui_words() {{  # words, what is typed
    local IFS=$'\\n'
    COMPREPLY=($(compgen -W "${{1// /$IFS}}" -- "$2"))
}}
_viptui_list() {{  # words, what is typed: some of them with commas between
    local IFS=$'\\n' last=${{2##*,}}
    COMPREPLY=($(compgen -P "${{2%"$last"}}" -W "${{1// /$IFS}}" -- "$last"))
    compopt -o nospace 2>/dev/null
}}
_viptui_files() {{  # what is typed
    local IFS=$'\\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$1"))
}}
_viptui() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command="" offer="" files="" i
    if [[ $word == "=" ]]; then
        word=""
    elif [[ $before == "=" ]]; then
        before=${{COMP_WORDS[COMP_CWORD-2]}}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${{COMP_WORDS[i]}} in
            {values})
                ((i++))
                [[ ${{COMP_WORDS[i]}} == "=" ]] && ((i++))
                ;;
            -*) ;;
            *) command=${{COMP_WORDS[i]}}; break ;;
        esac
    done
    COMPREPLY=()"""

_BASH_TAIL: Final = """\
    if [[ $files && $word != -* ]]; then
        _viptui_files "$word"
    else
        _viptui_words "$offer" "$word"
    fi
}
complete -F _viptui viptui"""


def zsh(words: Program) -> Iterator[str]:
    """For zsh, with its completion system."""
    yield "#compdef viptui"
    yield '# viptui for zsh: eval "$(viptui completion zsh)" in ~/.zshrc, or as _viptui in a folder of $fpath'
    yield "_viptui() {"
    yield "    local -a commands everywhere"
    yield "    local curcontext=$curcontext state line"
    yield "    everywhere=("
    yield from (f"        {quote(each)}" for option in words.options for each in _zsh_option(option))
    yield "    )"
    yield "    commands=("
    yield from (f"        {quote(_escaped(each.name) + ':' + each.summary)}" for each in words.commands)
    yield "    )"
    yield "    _arguments -C $everywhere '1:command:->command' '*::argument:->argument'"
    yield "    case $state in"
    yield "        command) _describe -t commands command commands ;;"
    yield "        argument)"
    yield "            case $words[1] in"
    for command in words.commands:
        own = [each for option in command.options for each in _zsh_option(option)]
        own += [
            f"{'*' if each.is_many else ''}:{_escaped(each.value.lower())}:{_zsh_values(each)}"
            for each in command.arguments
        ]
        yield f"                {command.name}) _arguments $everywhere {' '.join(map(quote, own))} ;;"
    yield "            esac"
    yield "            ;;"
    yield "    esac"
    yield "}"
    yield from _ZSH_TAIL.splitlines()


_ZSH_TAIL: Final = """\
if [[ $funcstack[1] == _viptui ]]; then
    _viptui "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i; }
    compdef _viptui viptui
fi"""


def _zsh_option(word: Word) -> Iterator[str]:
    for name in word.names:
        value = f":{_escaped(word.value.lower())}:{_zsh_values(word)}" if word.value else ""
        yield f"{'*' if word.is_many else ''}{name}{'=' if value else ''}[{_escaped(word.help)}]{value}"


def _zsh_values(word: Word) -> str:
    if word.is_list:
        return f"_values -s , {_escaped(word.value.lower())} {' '.join(word.choices)}"
    return f"({' '.join(word.choices)})" if word.choices else "_files" if word.is_file else " "


def _escaped(text: str) -> str:
    for sign in "\\[]:":
        text = text.replace(sign, f"\\{sign}")
    return text


def fish(words: Program) -> Iterator[str]:
    """For fish, 3.0 or newer."""
    yield "# viptui for fish: viptui completion fish > ~/.config/fish/completions/viptui.fish"
    values = " ".join(name for each in words.options if each.value for name in each.names)
    yield from _FISH_HEAD.format(values=values).splitlines()
    yield "complete -c viptui -f"
    yield from (f"complete -c viptui {_fish_option(each)}" for each in words.options)
    for command in words.commands:
        summary = quote(command.summary)
        yield f"complete -c viptui -n '__viptui_at \"\"' -a {command.name} -d {summary}"
    for command in words.commands:
        yield from _fish_command(command)


_FISH_HEAD: Final = """\
function __viptui_at  # whether this is the command that has been typed; nothing: whether there is none yet
    set -l words (commandline -opc)
    set -e words[1]
    while set -q words[1]; and string match -q -- '-*' $words[1]
        if contains -- $words[1] {values}
            set -e words[1]
        end
        set -e words[1]
    end
    test "$words[1]" = "$argv[1]"
end
function __viptui_list  # each of the words, behind those with commas that are typed already
    set -l typed (commandline -ct | string replace -r '^--[^=]*=' '' | string match -r '.*,')
    printf "$typed%s\\n" $argv
end"""


def _fish_command(command: Command) -> Iterator[str]:
    when = f"complete -c viptui -n '__viptui_at {command.name}'"
    yield from (f"{when} {_fish_option(each)}" for each in command.options)
    for each in command.arguments:
        if each.choices:
            yield f"{when} -a {quote(' '.join(each.choices))}"
        elif each.is_file:
            yield f"{when} -F"


def _fish_option(word: Word) -> str:
    names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in word.names)
    choices = " ".join(word.choices)
    offered = quote(f"(__viptui_list {choices})" if word.is_list else choices)
    values = f" -x -a {offered}" if word.choices else " -r -F" if word.is_file else " -x"
    return f"{names}{values if word.value else ''} -d {quote(word.help)}"


def _names(options: Iterable[Word]) -> str:
    return " ".join(name for each in options for name in each.names)


SCRIPTS: Final[Mapping[str, Callable[[Program], Iterable[str]]]] = {"bash": bash, "zsh": zsh, "fish": fish}
"""By the names in `viptui.cli.about.SHELLS`."""
