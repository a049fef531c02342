/** What an authorizer is asked about a request, and what the client reads when the answer is no. */
import type { AuthorizationAttributes, UserInfo } from '@navarch/api/extension/context';
import { forbidden, type StatusError } from '@navarch/api/status';
import { goQuote } from '@navarch/codec/go/text';
import type { RequestInfo } from '../request/route.ts';

const narrowedVerbs = new Set(['list', 'watch', 'deletecollection']);

/** `query` is that of the request: lists are narrowed by field selectors in it. */
export function attributesOf(
  user: UserInfo,
  info: RequestInfo,
  query: string,
): AuthorizationAttributes {
  const { verb, path } = info;
  if (!info.isResource) return { user, verb, path };
  const { group, version, resource, subresource, namespace, name } = info;
  const fieldSelector =
    query !== '' && narrowedVerbs.has(verb)
      ? new URLSearchParams(query).get('fieldSelector')
      : null;
  return {
    user,
    verb,
    path,
    resource: {
      group,
      version,
      resource,
      subresource,
      namespace,
      name,
      ...(fieldSelector && { fieldSelector }),
    },
  };
}

/** The 403 for what was asked; `reason` is the authorizers'. */
export function forbiddenBy(attributes: AuthorizationAttributes, reason: string): StatusError {
  const { resource } = attributes;
  const text = reason === '' ? describe(attributes) : `${describe(attributes)}: ${reason}`;
  const group = resource?.group ?? '';
  return forbidden({ group, resource: resource?.resource ?? '' }, resource?.name ?? '', text);
}

function describe({ user, verb, resource, path }: AuthorizationAttributes): string {
  const who = `User ${goQuote(user.username)} cannot ${verb}`;
  if (!resource) return harmless(`${who} path ${goQuote(path)}`);
  const { subresource, namespace } = resource;
  const what = subresource === '' ? resource.resource : `${resource.resource}/${subresource}`;
  const where =
    namespace === '' ? 'at the cluster scope' : `in the namespace ${goQuote(namespace)}`;
  return harmless(
    `${who} resource ${goQuote(what)} in API group ${goQuote(resource.group)} ${where}`,
  );
}

/** What the client sent must not become markup in a browser that shows the answer. */
function harmless(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
