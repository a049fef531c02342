/** What the compression of SPDY/3 headers knows from the start: frequent names, each with its length before it, and frequent values. */

/** The dictionary of section 2.6.10.1 of the protocol's draft 3. */
export function headerDictionary(): Uint8Array {
  const pieces: number[] = [];
  for (const name of names.join('|').split('|')) {
    pieces.push(0, 0, 0, name.length, ...codesOf(name));
  }
  return Uint8Array.from([...pieces, ...codesOf(values.join(''))]);
}

function codesOf(text: string): readonly number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

const names = [
  'options|head|post|put|delete|trace|accept|accept-charset|accept-encoding|accept-language',
  'accept-ranges|age|allow|authorization|cache-control|connection|content-base|content-encoding',
  'content-language|content-length|content-location|content-md5|content-range|content-type',
  'date|etag|expect|expires|from|host|if-match|if-modified-since|if-none-match|if-range|if-unmodified-since',
  'last-modified|location|max-forwards|pragma|proxy-authenticate|proxy-authorization|range',
  'referer|retry-after|server|te|trailer|transfer-encoding|upgrade|user-agent|vary|via|warning',
  'www-authenticate|method|get|status|200 OK|version|HTTP/1.1|url|public|set-cookie|keep-alive',
  'origin',
] as const;

const values = [
  '100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505',
  '203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Una',
  'uthorized403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service',
  ' UnavailableJan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, ',
  'Fri, Sat, Sun, GMTchunked,text/html,image/png,image/jpg,image/gif,application/xml,applicat',
  'ion/xhtml+xml,text/plain,text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf',
  '-8charset=iso-8859-1,utf-,*,enq=0.',
] as const;
