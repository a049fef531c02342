/** Reads the doc comments of API types: free text, and tags that carry facts the types cannot. */

/** Every tag that may appear, with what it says. */
export const knownTags = {
  group: 'on a file: the API group and version of its types; `core` is the empty group',
  kind: 'on a type: it can be sent on its own. `unversioned`: in v1; `shared`: in every version',
  enum: 'on a string union: OpenAPI lists its values',
  inline:
    'on an interface: TYPE NUMBER and `first` or `after FIELD`; JSON flattens, protobuf nests',
  message: 'on a list type: protobuf wraps it in a message',
  union: 'on an interface: at most one of its fields is set',
  structType: 'atomic or granular, for server-side apply',
  mapType: 'atomic or granular, for server-side apply',
  listType: 'atomic, set, or map and the keys, for server-side apply',
  patch: 'the strategies and the merge key of strategic merge patches',
  proto: 'the protobuf field number; on a union one number per option',
  default: 'a JSON value, set when the client sends nothing',
  explicit: 'a zero value that was set is kept and written',
  always: 'written even when it has no value, though Go marks it omitempty',
  nullable: 'written as null when it was not set',
  optional: 'always written, yet clients need not send it',
  required: 'left out when it is zero, yet clients have to send it',
  gate: 'the feature gate that the field depends on',
  discriminator: 'its value says which field of the union is set',
} as const;

export type TagName = keyof typeof knownTags;

export interface DocComment {
  /** Paragraphs are separated by an empty line, lines within one joined. */
  readonly text: string;
  readonly tags: ReadonlyMap<TagName, readonly string[]>;
}

export const noComment: DocComment = { text: '', tags: new Map() };

/** Parses what stands between the comment's slashes. Throws on a tag that is not known. */
export function parseDocComment(comment: string): DocComment {
  const lines = comment
    .replace(/^\*/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  const tags = new Map<TagName, string[]>();
  for (const line of lines) if (isTagLine(line)) addTags(line, tags);
  return { text: joinParagraphs(lines.filter((line) => !isTagLine(line))), tags };
}

/** The words of the tag's only use, or undefined. */
export function tagWords(comment: DocComment, name: TagName): readonly string[] | undefined {
  return comment.tags
    .get(name)?.[0]
    ?.split(' ')
    .filter((word) => word !== '');
}

function isTagLine(line: string): boolean {
  return line.trimStart().startsWith('@');
}

/** Several tags may share a line. */
function addTags(line: string, tags: Map<TagName, string[]>): void {
  for (const part of line.trim().split(/\s+(?=@[a-zA-Z])/)) {
    const [, name = '', rest = ''] = /^@(\w+)\s*(.*)$/.exec(part) ?? [];
    if (!isTagName(name)) throw new Error(`unknown tag in "${line.trim()}"`);
    tags.set(name, [...(tags.get(name) ?? []), rest]);
  }
}

function isTagName(name: string): name is TagName {
  return Object.hasOwn(knownTags, name);
}

function joinParagraphs(lines: readonly string[]): string {
  const paragraphs = lines.join('\n').split(/\n\s*\n/);
  return paragraphs
    .map((paragraph) => paragraph.split('\n').join(' ').trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}
