/** `navarch completion`: a bash script that completes verbs and flags. */
import process from 'node:process';
import type { Flag } from '../flags.ts';

interface CompletableVerb {
  readonly name: string;
  readonly flags: readonly Flag[];
}

export function completion(verbs: readonly CompletableVerb[]): void {
  process.stdout.write(bashCompletion(verbs));
}

export function bashCompletion(verbs: readonly CompletableVerb[]): string {
  const names = verbs.map((verb) => verb.name).join(' ');
  const cases = verbs.map(
    (verb) =>
      `    ${verb.name}) words="${verb.flags.map((flag) => `--${flag.name}`).join(' ')}" ;;`,
  );
  return [
    '# Load with: source <(navarch completion)',
    '_navarch() {',
    `  local words="${names} help"`,
    '  case "${COMP_WORDS[1]}" in',
    ...cases,
    '  esac',
    '  [ "$COMP_CWORD" -eq 1 ] && words="' + names + ' help"',
    '  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))',
    '}',
    'complete -o default -F _navarch navarch',
    '',
  ].join('\n');
}
