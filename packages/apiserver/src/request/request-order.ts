/**
 * The stages that every request passes, from the outside in. Part of the security model: audit must see requests that are
 * refused later, impersonation must come before anybody asks who is asking, flow control must know whose turn it is.
 */
export const requestOrder = [
  'recover',
  'deadline',
  'authenticate',
  'audit',
  'impersonate',
  'flowControl',
  'authorize',
  'dispatch',
] as const;

export type StageName = (typeof requestOrder)[number];
