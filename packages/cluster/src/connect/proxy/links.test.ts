/** Links as clients of a proxy see them; and pages that come in pieces. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import {
  deflateRawSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';
import { HtmlLinks } from './html.ts';
import { throughProxy } from './links.ts';
import { withLinks } from './page.ts';

const prefix = '/api/v1/namespaces/d/services/web/proxy';
const place = { host: '10.0.0.9:8080', askedHost: 'proxy.test', prefix };

const links: readonly (readonly [name: string, link: string, shown: string])[] = [
  ['to itself', '/login?x=1#f', `${prefix}/login?x=1#f`],
  ['to its root', '/', `${prefix}/`],
  ['to itself, with its address', 'http://10.0.0.9:8080/login/', `${prefix}/login/`],
  ['to itself, by whatever scheme', '//10.0.0.9:8080/a', `${prefix}/a`],
  [
    'to the name that the client used',
    'http://proxy.test/login',
    `http://proxy.test${prefix}/login`,
  ],
  ['through the proxy already', `${prefix}/x%2Fy`, `${prefix}/x%2Fy`],
  ['with steps back', '/a/../b//c', `${prefix}/b/c`],
  [
    'with characters that are written in another way',
    '/a%2Fb c/%C3%A9',
    `${prefix}/a/b%20c/%C3%A9`,
  ],
  ['to elsewhere', 'http://else/x', 'http://else/x'],
  ['to elsewhere, by whatever scheme', '//else/x', '//else/x'],
  ['relative to the page', 'next', 'next'],
  ['within the page', '#top', '#top'],
  ['to a query', '?a=b', '?a=b'],
  ['of another kind', 'mailto:a@b', 'mailto:a@b'],
  ['that is a program', 'javascript:go(/x/)', 'javascript:go(/x/)'],
  ['that is none', '/%zz', '/%zz'],
  ['nowhere', '', ''],
];
for (const [name, link, shown] of links) {
  test(`a link ${name}`, () => assert.equal(throughProxy(link, place), shown));
}

const pages: readonly (readonly [name: string, page: string, shown: string])[] = [
  ['a link', '<a href="/x">x</a>', '<a href="P/x">x</a>'],
  ['quotes of the other kind', "<a href='/x'>", "<a href='P/x'>"],
  ['no quotes', '<a href=/x/>', '<a href="P/x/">'],
  ['space around everything', '<a\n href = "/x" >', '<a\n href = "P/x" >'],
  ['capital letters', '<IMG SRC="/x" ALT=y>', '<IMG SRC="P/x" ALT=y>'],
  [
    'several attributes',
    '<img alt="/a" usemap=/m src="/x">',
    '<img alt="/a" usemap="P/m" src="P/x">',
  ],
  ['an element without end', '<link href="/x"/><br/>', '<link href="P/x"/><br/>'],
  ['an end of a tag in an attribute', '<a title=">" href="/x">', '<a title=">" href="P/x">'],
  ['an attribute without value', '<input disabled src=/x>', '<input disabled src="P/x">'],
  ['other attributes and elements', '<p href="/x"><a src="/x">', '<p href="/x"><a src="/x">'],
  [
    'characters that are written in another way',
    '<a href="&#47;x?a&amp;b&#39;">',
    '<a href="P/x?a&amp;b&#39;">',
  ],
  [
    'a program',
    '<script src="/s">"<a href=/x>"</script><a href=/x>',
    '<script src="P/s">"<a href=/x>"</script><a href="P/x">',
  ],
  ['a program that is not over', '<script></scripts><a href=/x>', '<script></scripts><a href=/x>'],
  [
    'a style',
    '<style>a:after{content:"<a href=/x>"}</STYLE ><a href=/x>',
    '<style>a:after{content:"<a href=/x>"}</STYLE ><a href="P/x">',
  ],
  ['a title', '<title><a href=/x></title>', '<title><a href=/x></title>'],
  [
    'what is shown without programs',
    '<noscript><a href=/x></noscript>',
    '<noscript><a href="P/x"></noscript>',
  ],
  ['a comment', '<!-- <a href=/x> > --><a href=/x>', '<!-- <a href=/x> > --><a href="P/x">'],
  [
    'comments without anything',
    '<!--><a href=/x><!---><a href=/x>',
    '<!--><a href="P/x"><!---><a href="P/x">',
  ],
  ['a declaration', '<!DOCTYPE html><?x <a?><a href=/x>', '<!DOCTYPE html><?x <a?><a href="P/x">'],
  ['what looks like a tag', 'a < b <3 </> <a href=/x>', 'a < b <3 </> <a href="P/x">'],
  ['an end with attributes', '</a href=/x><a href=/x>', '</a href=/x><a href="P/x">'],
  ['a tag that does not end', 'x<a href="/x', 'x<a href="/x'],
  ['bytes that are no characters', 'é\u00ff<a href="/é">', 'é\u00ff<a href="P/é">'],
  // The second byte of à in UTF-8.
  ['bytes that look like space', '<a href=/\u00c3\u00a0/x>', '<a href="P/\u00c3\u00a0/x">'],
];
for (const [name, page, shown] of pages) {
  test(`a page with ${name}, whole and in pieces of any size`, () => {
    for (let size = 1; size <= page.length; size++) {
      const html = new HtmlLinks((link) => (link.startsWith('/') ? `P${link}` : link));
      let out = '';
      for (let at = 0; at < page.length; at += size) out += html.push(page.slice(at, at + size));
      assert.equal(out + html.end(), shown);
    }
  });
}

test('a tag that is too long is none, and what follows is read', () => {
  const html = new HtmlLinks((link) => `P${link}`);
  const long = `<a title="${'x'.repeat(70_000)}`;
  assert.equal(html.push(long), long);
  assert.equal(html.push('<a href=/x>'), '<a href="P/x">');
});

test('a tag that is too long is not read again from each of its pieces', () => {
  const html = new HtmlLinks((link) => `P${link}`);
  const long = '<a href=/x '.repeat(7_000);
  for (let i = 0; i < 3; i++) assert.ok(html.push(long) === long);
});

const page = Buffer.from(`<a href="/ä">${'x'.repeat(100_000)}<a href="/y">`);
const shown = Buffer.from(`<a href="P/ä">${'x'.repeat(100_000)}<a href="P/y">`);
const packings: readonly (readonly [
  coding: string,
  name: string,
  pack: (bytes: Uint8Array) => Uint8Array,
  unpack: (bytes: Uint8Array) => Uint8Array,
])[] = [
  ['', 'not packed', (bytes) => bytes, (bytes) => bytes],
  ['gzip', 'gzip', gzipSync, gunzipSync],
  ['deflate', 'deflate', deflateSync, inflateSync],
  ['deflate', 'deflate without its wrapping', deflateRawSync, inflateRawSync],
];
const rewrite = (link: string): string => `P${link}`;

async function* inPieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return Buffer.concat(pieces);
}

for (const [coding, name, pack, unpack] of packings) {
  test(`a page that is ${name}`, async () => {
    const packed = await whole(withLinks(inPieces(pack(page), 50), coding, rewrite));
    assert.ok(shown.equals(unpack(packed)));
    const none = await whole(withLinks(inPieces(new Uint8Array(), 1), coding, rewrite));
    assert.equal(none.byteLength, 0);
  });
}

test('a page that breaks off, or is not what it says, is not taken for whole', async () => {
  const packed = gzipSync(page);
  await assert.rejects(whole(withLinks(inPieces(packed.subarray(0, 90), 50), 'gzip', rewrite)));
  await assert.rejects(whole(withLinks(inPieces(page, 50), 'gzip', rewrite)));
  const breaking = (async function* () {
    yield packed.subarray(0, 50);
    throw new Error('gone');
  })();
  await assert.rejects(whole(withLinks(breaking, 'gzip', rewrite)), /gone/);
});

test('whoever stops reading stops the other side', async () => {
  const packed = gzipSync(randomBytes(4_000_000));
  let taken = 0;
  let isOver = false;
  const source = (async function* () {
    try {
      for await (const piece of inPieces(packed, 50_000)) {
        taken += piece.byteLength;
        yield piece;
      }
    } finally {
      isOver = true;
    }
  })();
  for await (const _ of withLinks(source, 'gzip', rewrite)) break;
  assert.ok(isOver);
  assert.ok(taken < packed.byteLength / 2, String(taken));
});
