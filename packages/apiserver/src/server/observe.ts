/** What the server shows of its state in metrics, read when somebody scrapes. */
import type { Metrics } from '@navarch/runtime/metrics';
import type { Store } from '@navarch/store/store';
import type { FlowControl } from '../flow-control/flow-control.ts';
import type { OpenTunnels } from '../metrics/open-tunnels.ts';
import type { Resources } from '../registry/resources.ts';

export interface Observed {
  readonly resources: Resources;
  readonly flowControl: FlowControl;
  readonly openTunnels: OpenTunnels;
  readonly store: Store;
}

export function observeServer(
  metrics: Metrics,
  { resources, flowControl, openTunnels, store }: Observed,
): void {
  metrics.gauge(
    'apiserver_current_inflight_requests',
    'Requests that are being served now, by whether they change something.',
    ['request_kind'],
    (set) => {
      set({ request_kind: 'mutating' }, flowControl.running('mutating'));
      set({ request_kind: 'readOnly' }, flowControl.running('reading'));
    },
  );
  metrics.gauge('apiserver_storage_objects', 'Stored objects.', ['resource'], (set) => {
    for (const { definition, count } of resources.objectCounts()) {
      set({ resource: nameOf(definition) }, count);
    }
  });
  metrics.gauge(
    'apiserver_longrunning_requests',
    'Watches and tunnels that are open now.',
    ['verb', 'group', 'version', 'resource'],
    (set) => {
      for (const definition of resources.definitions) {
        const { group, version, plural } = definition;
        const count = resources.watcherCount(definition);
        if (count > 0) set({ verb: 'WATCH', group, version, resource: plural }, count);
      }
      openTunnels.each((labels, count) => set({ ...labels }, count));
    },
  );
  metrics.gauge('apiserver_storage_size_bytes', 'Bytes that the store uses.', [], (set) =>
    set({}, store.sizeBytes()),
  );
}

function nameOf({ group, plural }: { readonly group: string; readonly plural: string }): string {
  return group === '' ? plural : `${plural}.${group}`;
}
