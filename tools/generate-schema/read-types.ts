/**
 * Reads one file of API types into declarations. Types are written as text the way the schema
 * has them: `string`, `int32`, `core/v1.Pod`, `[]core/v1.Pod`, `{}string`.
 */
import { parseSync } from 'oxc-parser';
import type {
  Comment,
  ImportDeclaration,
  Program,
  Statement,
  TSInterfaceDeclaration,
  TSPropertySignature,
  TSSignature,
  TSType,
  TSTypeAliasDeclaration,
} from 'oxc-parser';
import { noComment, parseDocComment, tagWords } from './doc-comment.ts';
import type { DocComment } from './doc-comment.ts';

export interface TypesFile {
  /** `core/v1`, from the file's path. */
  readonly package: string;
  /** The first part of the path, and the API group that the file's tag names. */
  readonly folder: string;
  readonly group: string;
  readonly version: string;
  readonly declarations: readonly Declaration[];
}

export type Declaration = StructDeclaration | AliasDeclaration;

export interface StructDeclaration {
  readonly form: 'struct';
  readonly name: string;
  readonly comment: DocComment;
  readonly members: readonly Member[];
}

export type Member = FieldMember | InlineMember;

export interface FieldMember {
  readonly form: 'field';
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly comment: DocComment;
}

export interface InlineMember {
  readonly form: 'inline';
  readonly type: string;
  readonly proto: number;
}

/** `options` has one type, or several for a union; `values` are the strings of an enumeration. */
export interface AliasDeclaration {
  readonly form: 'alias';
  readonly name: string;
  readonly comment: DocComment;
  readonly options: readonly string[];
  readonly values: readonly string[];
}

/** `path` is relative to the folder of types, with forward slashes: `core/v1/pod.ts`. */
export function readTypesFile(path: string, source: string): TypesFile {
  const parsed = parseSync(path, source);
  if (parsed.errors[0]) throw new Error(`${path}: ${parsed.errors[0].message}`);
  const [folder = '', second = ''] = path.split('/');
  const version = second.replace(/\.ts$/, '');
  const file = new FileReader(path, `${folder}/${version}`, source, parsed.comments);
  return {
    package: `${folder}/${version}`,
    folder,
    ...file.group(),
    declarations: file.declarations(parsed.program),
  };
}

class FileReader {
  readonly #path: string;
  readonly #package: string;
  readonly #source: string;
  readonly #comments: readonly Comment[];
  /** What each imported name stands for. */
  readonly #imported = new Map<string, string>();

  constructor(path: string, packageName: string, source: string, comments: readonly Comment[]) {
    this.#path = path;
    this.#package = packageName;
    this.#source = source;
    this.#comments = comments;
  }

  group(): { group: string; version: string } {
    const header = this.#comments[0];
    const words = header ? tagWords(parseDocComment(header.value), 'group') : undefined;
    const [group, version] = words ?? [];
    if (group === undefined || version === undefined) throw this.#error('the header has no @group');
    return { group: group === 'core' ? '' : group, version };
  }

  declarations(program: Program): Declaration[] {
    const declarations: Declaration[] = [];
    for (const statement of program.body) {
      if (statement.type === 'ImportDeclaration') this.#readImport(statement);
      else declarations.push(this.#readStatement(statement));
    }
    return declarations;
  }

  #readImport(statement: ImportDeclaration): void {
    const from = statement.source.value;
    const target = new URL(from, `file:///${this.#path}`).pathname.slice(1);
    const [folder = '', second = ''] = target.split('/');
    const prefix =
      target === 'scalars.ts' ? 'scalar:' : `${folder}/${second.replace(/\.ts$/, '')}.`;
    for (const specifier of statement.specifiers) {
      if (specifier.type !== 'ImportSpecifier' || specifier.imported.type !== 'Identifier') {
        throw this.#error(`unexpected import from ${from}`);
      }
      this.#imported.set(specifier.local.name, prefix + specifier.imported.name);
    }
  }

  #readStatement(statement: Statement | Program['body'][number]): Declaration {
    if (statement.type !== 'ExportNamedDeclaration') throw this.#error(`a ${statement.type}`);
    const comment = this.#commentBefore(statement.start);
    const declaration = statement.declaration;
    if (declaration?.type === 'TSInterfaceDeclaration')
      return this.#readInterface(declaration, comment);
    if (declaration?.type === 'TSTypeAliasDeclaration')
      return this.#readAlias(declaration, comment);
    throw this.#error('only interfaces and types can be exported');
  }

  #readInterface(declaration: TSInterfaceDeclaration, comment: DocComment): StructDeclaration {
    const members: Member[] = declaration.body.body.map((member) => this.#readField(member));
    for (const inline of comment.tags.get('inline') ?? []) {
      this.#placeInline(inline.split(' '), members);
    }
    const inlined = members.filter((member) => member.form === 'inline').length;
    if (inlined !== declaration.extends.length) {
      throw this.#error(`${declaration.id.name}: one @inline for every extended type`);
    }
    return { form: 'struct', name: declaration.id.name, comment, members };
  }

  #placeInline([type = '', proto = '', place = '', after = '']: string[], members: Member[]): void {
    const inline: Member = { form: 'inline', type: this.#typeNamed(type), proto: Number(proto) };
    const index = members.findIndex((member) => member.form === 'field' && member.name === after);
    if (place === 'after' && index < 0) throw this.#error(`@inline ${type}: no field ${after}`);
    members.splice(index + 1, 0, inline);
  }

  #readField(member: TSSignature): FieldMember {
    if (member.type !== 'TSPropertySignature' || !member.typeAnnotation || !member.readonly) {
      throw this.#error('members of a type are readonly properties');
    }
    return {
      form: 'field',
      name: this.#propertyName(member),
      type: this.#typeText(member.typeAnnotation.typeAnnotation),
      isOptional: member.optional,
      comment: this.#commentBefore(member.start),
    };
  }

  #propertyName(member: TSPropertySignature): string {
    if (member.key.type === 'Identifier') return member.key.name;
    if (member.key.type === 'Literal' && typeof member.key.value === 'string')
      return member.key.value;
    throw this.#error('a property name is not plain');
  }

  #readAlias(declaration: TSTypeAliasDeclaration, comment: DocComment): AliasDeclaration {
    const name = declaration.id.name;
    const type = declaration.typeAnnotation;
    const parts = type.type === 'TSUnionType' ? type.types : [type];
    const values = parts.map(literalValue).filter((value) => value !== undefined);
    if (values.length === parts.length) {
      return { form: 'alias', name, comment, options: ['string'], values };
    }
    const options = parts.map((part) => this.#typeText(part));
    return { form: 'alias', name, comment, options, values: [] };
  }

  #typeText(type: TSType): string {
    switch (type.type) {
      case 'TSStringKeyword':
        return 'string';
      case 'TSBooleanKeyword':
        return 'boolean';
      case 'TSParenthesizedType':
      case 'TSTypeOperator':
        return this.#typeText(type.typeAnnotation);
      case 'TSArrayType':
        return `[]${this.#typeText(type.elementType)}`;
      case 'TSTypeReference':
        return this.#referenceText(type);
      default:
        throw this.#error(`the schema has no ${type.type}`);
    }
  }

  #referenceText(type: Extract<TSType, { type: 'TSTypeReference' }>): string {
    if (type.typeName.type !== 'Identifier') throw this.#error('a qualified type name');
    const argument = type.typeArguments?.params[0];
    const name = type.typeName.name;
    if (!argument) return this.#typeNamed(name);
    if (name !== 'StringMap') throw this.#error(`${name} takes no type argument`);
    return `{}${this.#typeText(argument)}`;
  }

  #typeNamed(name: string): string {
    const imported = this.#imported.get(name);
    if (imported === undefined) return `${this.#package}.${name}`;
    if (!imported.startsWith('scalar:')) return imported;
    const scalar = scalars.get(imported.slice('scalar:'.length));
    if (scalar === undefined) throw this.#error(`${name} is no scalar of the schema`);
    return scalar;
  }

  /** The doc comment that ends right before `start`. */
  #commentBefore(start: number): DocComment {
    const comment = this.#comments.findLast(({ end }) => end <= start);
    if (!comment || this.#source.slice(comment.end, start).trim() !== '') return noComment;
    if (!comment.value.startsWith('*')) return noComment;
    return parseDocComment(comment.value);
  }

  #error(message: string): Error {
    return new Error(`${this.#path}: ${message}`);
  }
}

/** The names of `scalars.ts` and what the schema calls them. */
const scalars: ReadonlyMap<string, string> = new Map([
  ['Int32', 'int32'],
  ['Int64', 'int64'],
  ['Float64', 'float64'],
  ['Quantity', 'quantity'],
  ['Time', 'time'],
  ['MicroTime', 'microTime'],
  ['Duration', 'duration'],
  ['IntOrString', 'intOrString'],
  ['Bytes', 'bytes'],
  ['JsonValue', 'any'],
  ['RawExtension', 'rawExtension'],
  ['FieldsV1', 'fieldsV1'],
]);

function literalValue(type: TSType): string | undefined {
  if (type.type !== 'TSLiteralType' || type.literal.type !== 'Literal') return undefined;
  return typeof type.literal.value === 'string' ? type.literal.value : undefined;
}
