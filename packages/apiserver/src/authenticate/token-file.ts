/** The file of `--token-auth-file`: lines of token, user name, uid and, in quotes, groups. */
import type { UserInfo } from '@navarch/api/extension/context';
import { asAuthenticated } from './groups.ts';

export class TokenFileError extends Error {}

/** Users by token. Throws `TokenFileError` when a line has too few columns. The later of two lines with one token counts. */
export function parseTokenFile(text: string): ReadonlyMap<string, UserInfo> {
  const users = new Map<string, UserInfo>();
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const [token, username, uid, groups] = columns(line);
    if (token === undefined || username === undefined || uid === undefined) {
      throw new TokenFileError(
        `line ${index + 1} of the token file has fewer than the 3 columns token, user name and uid`,
      );
    }
    if (token === '') return;
    users.set(
      token,
      asAuthenticated({
        username,
        ...(uid !== '' && { uid }),
        groups: groups === undefined || groups === '' ? [] : groups.split(','),
      }),
    );
  });
  return users;
}

/** One line of comma-separated values; a doubled quote inside quotes is a quote. */
function columns(line: string): readonly string[] {
  const pattern = /\s*(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/y;
  const values: string[] = [];
  while (pattern.lastIndex < line.length) {
    const match = pattern.exec(line);
    if (!match) break;
    values.push(match[1] === undefined ? (match[2] ?? '').trim() : match[1].replaceAll('""', '"'));
  }
  if (line.endsWith(',')) values.push(''); // The last column, left empty.
  return values;
}
