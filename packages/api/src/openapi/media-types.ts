/** The media types that operations take and give. */
import type { OpenApiResource } from './resource.ts';

export interface MediaTypes {
  /** What a body may come in. */
  readonly body: readonly string[];
  /** Clients choose by these how they patch. */
  readonly patch: readonly string[];
  readonly list: readonly string[];
  readonly object: readonly string[];
}

const json = ['application/json', 'application/yaml'];
const all = [...json, 'application/vnd.kubernetes.protobuf'];

const builtIn: MediaTypes = {
  body: ['*/*'],
  patch: [
    'application/json-patch+json',
    'application/merge-patch+json',
    'application/strategic-merge-patch+json',
    'application/apply-patch+yaml',
    'application/apply-patch+cbor',
  ],
  /** Lists can be watched as well. */
  list: [
    ...all,
    'application/json;stream=watch',
    'application/vnd.kubernetes.protobuf;stream=watch',
  ],
  object: all,
};

/** Nothing says how their lists merge, and there is no protobuf of them. */
const custom: MediaTypes = {
  body: json,
  patch: [
    'application/json-patch+json',
    'application/merge-patch+json',
    'application/apply-patch+yaml',
  ],
  list: json,
  object: json,
};

export function mediaTypesOf({ definition }: OpenApiResource): MediaTypes {
  return definition ? custom : builtIn;
}
