/** The query and path parameters of the operations. */
export interface Parameter {
  readonly type: 'string' | 'boolean' | 'integer';
  readonly description: string;
}

export const parameters: Readonly<Record<string, Parameter>> = {
  allowWatchBookmarks: { type: 'boolean', description: 'Ask for bookmark events in a watch.' },
  continue: { type: 'string', description: 'The token of the page before, to get the next one.' },
  dryRun: { type: 'string', description: 'All: do everything but keep the result.' },
  fieldManager: { type: 'string', description: 'The name under which changed fields are owned.' },
  fieldSelector: { type: 'string', description: 'Only objects whose fields match.' },
  fieldValidation: {
    type: 'string',
    description: 'What to do with unknown and repeated fields: Ignore, Warn or Strict.',
  },
  force: { type: 'boolean', description: 'Take fields from other managers when applying.' },
  gracePeriodSeconds: { type: 'integer', description: 'Seconds to wait before removal.' },
  ignoreStoreReadErrorWithClusterBreakingPotential: {
    type: 'boolean',
    description: 'Delete an object that can no longer be read.',
  },
  labelSelector: { type: 'string', description: 'Only objects whose labels match.' },
  limit: { type: 'integer', description: 'The most objects to return at once.' },
  name: { type: 'string', description: 'The name of the object.' },
  namespace: { type: 'string', description: 'The namespace of the object.' },
  orphanDependents: { type: 'boolean', description: 'Keep dependents. Use propagationPolicy.' },
  pretty: { type: 'string', description: 'true: write the answer with line breaks.' },
  propagationPolicy: {
    type: 'string',
    description: 'What happens to dependents: Orphan, Background or Foreground.',
  },
  resourceVersion: { type: 'string', description: 'How fresh the answer has to be.' },
  resourceVersionMatch: {
    type: 'string',
    description: 'How resourceVersion is meant: Exact or NotOlderThan.',
  },
  sendInitialEvents: { type: 'boolean', description: 'Start a watch with what exists.' },
  timeoutSeconds: { type: 'integer', description: 'How long a list or watch may take.' },
  watch: { type: 'boolean', description: 'Follow changes instead of listing.' },
};
