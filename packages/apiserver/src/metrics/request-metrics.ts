/**
 * Counts of requests and how long they took, under upstream's names. Every request passes here, so each combination of labels
 * is one object that is found with one look-up and then only added to; texts are made when somebody scrapes.
 */
import type { RequestInfo } from '../request/route.ts';

/** Upper bounds in seconds, upstream's. */
const bounds = [
  0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45,
  60,
] as const;

interface Series {
  /** Without the code. */
  readonly labels: string;
  readonly byCode: Map<number, number>;
  readonly buckets: Float64Array;
  count: number;
  sumSeconds: number;
}

/** Names in URLs are whatever clients send: past this many series, the rest is counted as one. */
const seriesMax = 5_000;
const otherKey = '';

export class RequestMetrics {
  readonly #series = new Map<string, Series>();
  readonly #watchEvents = new Map<string, { readonly labels: string; count: number }>();

  /** `served`: whether the resource exists; what does not is counted without its name. */
  observe(
    info: RequestInfo,
    outcome: {
      readonly code: number;
      readonly seconds: number;
      readonly served: boolean;
      readonly dryRun: boolean;
    },
  ): void {
    const series = this.#seriesOf(info, outcome.served, outcome.dryRun);
    const { code, seconds } = outcome;
    series.byCode.set(code, (series.byCode.get(code) ?? 0) + 1);
    // Watches last as long as they like: their length says nothing about the server.
    if (info.verb === 'watch') return;
    series.count++;
    series.sumSeconds += seconds;
    const bucket = bucketOf(seconds);
    series.buckets[bucket] = (series.buckets[bucket] ?? 0) + 1;
  }

  /** Events that went out to one watcher. */
  countWatchEvents(info: RequestInfo, events: number): void {
    const key = `${info.group}/${info.version}/${info.resource}`;
    let counter = this.#watchEvents.get(key);
    if (!counter) {
      const labels = labelText({
        group: info.group,
        resource: info.resource,
        version: info.version,
      });
      counter = { labels, count: 0 };
      this.#watchEvents.set(key, counter);
    }
    counter.count += events;
  }

  #seriesOf(info: RequestInfo, served: boolean, dryRun: boolean): Series {
    const verb = verbOf(info);
    const key = served
      ? `${verb} ${info.group}/${info.version}/${info.resource}/${info.subresource} ${scopeOf(info)} ${dryRun}`
      : `${verb} ${info.isResource}`;
    let series = this.#series.get(key);
    if (series) return series;
    const full = this.#series.size >= seriesMax;
    series = full ? this.#series.get(otherKey) : undefined;
    series ??= newSeries(verb, info, served, dryRun);
    this.#series.set(full ? otherKey : key, series);
    return series;
  }

  /** In the Prometheus text format. */
  text(): string {
    const totals = [...this.#series.values()].flatMap(totalLines);
    const durations = [...this.#series.values()].flatMap(durationLines);
    const events = [...this.#watchEvents.values()].map(
      ({ labels, count }) => `apiserver_watch_events_total{${labels}} ${count}`,
    );
    return [
      ...family(
        'apiserver_request_total',
        'counter',
        'Requests, by what they asked for and the HTTP code they got.',
        totals,
      ),
      ...family(
        'apiserver_request_duration_seconds',
        'histogram',
        'Seconds from a request to its answer.',
        durations,
      ),
      ...family('apiserver_watch_events_total', 'counter', 'Events sent to watchers.', events),
      '',
    ].join('\n');
  }
}

function family(
  name: string,
  type: string,
  help: string,
  lines: readonly string[],
): readonly string[] {
  return lines.length === 0 ? [] : [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
}

function newSeries(verb: string, info: RequestInfo, served: boolean, dryRun: boolean): Series {
  return {
    labels: labelText({
      component: 'apiserver',
      dry_run: dryRun ? 'All' : '',
      group: served ? info.group : '',
      resource: served ? info.resource : '',
      scope: scopeOf(info),
      subresource: served ? info.subresource : '',
      verb,
      version: served ? info.version : '',
    }),
    byCode: new Map(),
    buckets: new Float64Array(bounds.length + 1),
    count: 0,
    sumSeconds: 0,
  };
}

function bucketOf(seconds: number): number {
  let bucket = 0;
  while (bucket < bounds.length && seconds > (bounds[bucket] ?? 0)) bucket++;
  return bucket;
}

const verbs: Readonly<Record<string, string>> = {
  create: 'POST',
  update: 'PUT',
};

/** HTTP's word where there is one: LIST, WATCH and DELETECOLLECTION are more exact than it is. */
function verbOf({ verb }: RequestInfo): string {
  return verbs[verb] ?? verb.toUpperCase();
}

function scopeOf({ isResource, named, namespace }: RequestInfo): string {
  if (!isResource) return '';
  if (named) return 'resource';
  return namespace === '' ? 'cluster' : 'namespace';
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeLabel(value)}"`)
    .join(',');
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function totalLines({ labels, byCode }: Series): readonly string[] {
  return [...byCode].map(
    ([code, count]) => `apiserver_request_total{code="${code}",${labels}} ${count}`,
  );
}

function durationLines({ labels, buckets, count, sumSeconds }: Series): readonly string[] {
  if (count === 0) return [];
  const name = 'apiserver_request_duration_seconds';
  let upTo = 0;
  const lines = bounds.map((bound, i) => {
    upTo += buckets[i] ?? 0;
    return `${name}_bucket{${labels},le="${bound}"} ${upTo}`;
  });
  return [
    ...lines,
    `${name}_bucket{${labels},le="+Inf"} ${count}`,
    `${name}_sum{${labels}} ${sumSeconds}`,
    `${name}_count{${labels}} ${count}`,
  ];
}
