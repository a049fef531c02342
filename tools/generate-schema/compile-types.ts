/**
 * Compiles declarations to the compact form that `packages/api/src/schema/registry.ts` reads, and
 * to the descriptions. What each letter and place means is said there, at `EncodedSchema`.
 */
import { tagWords } from './doc-comment.ts';
import type { DocComment } from './doc-comment.ts';
import type {
  AliasDeclaration,
  Declaration,
  FieldMember,
  Member,
  StructDeclaration,
  TypesFile,
} from './read-types.ts';

export interface CompiledTypes {
  readonly kinds: Record<string, Record<string, string>>;
  readonly groups: Record<string, string>;
  readonly types: Record<string, string>;
  readonly descriptions: Record<string, { text: string; fields: Record<string, string> }>;
}

export function compileTypes(files: readonly TypesFile[]): CompiledTypes {
  const all = new Map<string, Declaration>();
  for (const file of files) {
    for (const declaration of file.declarations) {
      const name = `${file.package}.${declaration.name}`;
      if (all.has(name)) throw new Error(`${name} is declared twice`);
      all.set(name, declaration);
    }
  }
  return {
    kinds: compileKinds(files),
    groups: Object.fromEntries(files.map((file) => [file.folder, file.group])),
    types: sorted(all, (declaration) => compileDeclaration(declaration, all)),
    descriptions: sorted(all, (declaration) => describe(declaration, all)),
  };
}

function sorted<T>(all: ReadonlyMap<string, Declaration>, of: (declaration: Declaration) => T) {
  const entries = [...all].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, declaration]) => [name, of(declaration)]));
}

function compileKinds(files: readonly TypesFile[]): Record<string, Record<string, string>> {
  const kinds: { groupVersion: string; kind: string; type: string }[] = [];
  for (const file of files) {
    for (const { name, comment } of file.declarations) {
      const where = tagWords(comment, 'kind');
      if (!where) continue;
      const groupVersion = groupVersionOf(where[0], file);
      kinds.push({ groupVersion, kind: name, type: `${file.package}.${name}` });
    }
  }
  const result: Record<string, Record<string, string>> = {};
  for (const { groupVersion, kind, type } of kinds.sort(byGroupVersionAndKind)) {
    (result[groupVersion] ??= {})[kind] = type;
  }
  return result;
}

type Kind = { readonly groupVersion: string; readonly kind: string };

function byGroupVersionAndKind(a: Kind, b: Kind): number {
  if (a.groupVersion !== b.groupVersion) return a.groupVersion < b.groupVersion ? -1 : 1;
  return a.kind < b.kind ? -1 : 1;
}

function groupVersionOf(where: string | undefined, file: TypesFile): string {
  if (where === 'shared') return '*';
  if (where === 'unversioned') return 'v1';
  return file.group === '' ? file.version : `${file.group}/${file.version}`;
}

type AllTypes = ReadonlyMap<string, Declaration>;

function compileDeclaration(declaration: Declaration, all: AllTypes): string {
  if (declaration.form === 'struct') return compileStruct(declaration, all);
  return compileAlias(declaration);
}

function compileStruct(struct: StructDeclaration, all: AllTypes): string {
  const isKind = struct.comment.tags.has('kind');
  const isAtomic = tagWords(struct.comment, 'structType')?.[0] === 'atomic';
  const members = struct.members.map((member) => compileMember(member, all));
  return [`struct:${isKind ? 'k' : ''}${isAtomic ? 'a' : ''}`, ...members].join('|');
}

function compileAlias(alias: AliasDeclaration): string {
  const [only = '', ...others] = alias.options;
  if (others.length > 0) return compileUnion(alias);
  if (alias.comment.tags.has('message')) return `message:${only}`;
  return [`is:${only}`, ...(alias.comment.tags.has('enum') ? alias.values : [])].join('|');
}

function compileUnion(alias: AliasDeclaration): string {
  const numbers = tagWords(alias.comment, 'proto') ?? [];
  if (numbers.length !== alias.options.length) {
    throw new Error(`${alias.name}: @proto needs one number per option`);
  }
  return `union:${alias.options.map((type, index) => `${numbers[index]} ${type}`).join('|')}`;
}

function compileMember(member: Member, all: AllTypes): string {
  if (member.form === 'inline') return ` ${member.type} ${member.proto} +`;
  const proto = tagWords(member.comment, 'proto')?.[0] ?? '0';
  const extras = compileExtras(member.comment);
  const parts = [member.name, member.type, proto, flagsOf(member, all), ...extras];
  if (parts.some((part) => /[ |]/.test(part))) throw new Error(`unexpected text: ${parts.join()}`);
  return parts.join(' ');
}

/** How Go's zero values come about: see `Presence` and `nullable` in the runtime schema. */
function flagsOf(member: FieldMember, all: AllTypes): string {
  const { tags } = member.comment;
  const isNullable = tags.has('explicit') || tags.has('nullable') || isNilable(member.type, all);
  const isRequired = member.isOptional ? tags.has('required') : !tags.has('optional');
  return [
    presenceOf(member),
    isNullable ? 'n' : '',
    isRequired ? 'r' : '',
    tags.has('discriminator') ? 'd' : '',
  ].join('');
}

function presenceOf({ isOptional, comment: { tags } }: FieldMember): string {
  if (!isOptional || tags.has('always')) return 'A';
  return tags.has('explicit') ? 'E' : 'I';
}

function isNilable(type: string, all: AllTypes): boolean {
  if (/^(\[\]|\{\})/.test(type) || type === 'bytes') return true;
  const declaration = all.get(type);
  if (declaration?.form !== 'alias') return false;
  const [only = '', ...others] = declaration.options;
  return others.length === 0 && isNilable(only, all);
}

function compileExtras(comment: DocComment): string[] {
  const extras: string[] = [];
  const list = tagWords(comment, 'listType');
  if (list) extras.push(`list=${list.join(',')}`);
  const ownership = tagWords(comment, 'mapType') ?? tagWords(comment, 'structType');
  if (ownership) extras.push(`atomic=${ownership[0] === 'atomic'}`);
  const patch = tagWords(comment, 'patch');
  if (patch) extras.push(`patch=${patch.join(':')}`);
  const gate = tagWords(comment, 'gate');
  if (gate) extras.push(`gate=${gate[0]}`);
  const initial = comment.tags.get('default')?.[0];
  if (initial !== undefined) extras.push(`default=${JSON.stringify(JSON.parse(initial))}`);
  return extras;
}

/** The fields of inlined structs are described again, since JSON shows them in both. */
function describe(declaration: Declaration, all: AllTypes) {
  return {
    text: declaration.comment.text,
    fields: Object.fromEntries(fieldTexts(declaration, all)),
  };
}

function fieldTexts(declaration: Declaration | undefined, all: AllTypes): [string, string][] {
  if (declaration?.form !== 'struct') return [];
  return declaration.members.flatMap((member): [string, string][] => {
    if (member.form === 'inline') return fieldTexts(all.get(member.type), all);
    return member.comment.text === '' ? [] : [[member.name, member.comment.text]];
  });
}
