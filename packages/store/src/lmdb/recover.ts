/** Turns what the data file holds into what the store starts from, checking every record on the way. Pure but for its source. */
import type { LeaseChange, Recovered, RecoveredVersion } from '../embedded/journal.ts';
import { CorruptStore, noRevision, type Revision } from '../store.ts';
import { type PageSource, walkDataFile } from './data-file.ts';
import {
  type Checksum,
  decodeLease,
  decodeState,
  decodeVersion,
  describeKey,
  formatVersion,
  isIntact,
  keyType,
  type State,
  typeOf,
} from './record.ts';

/** What the file held; undefined when nothing was ever written to it. Throws `CorruptStore`. */
export function recover(
  source: PageSource,
  checksum: Checksum,
  fresh: Revision,
): Recovered | undefined {
  const versions: RecoveredVersion[] = [];
  const leases: LeaseChange[] = [];
  let state: State | undefined;
  walkDataFile(source, (found) => {
    if (!isIntact(found, checksum))
      throw new CorruptStore(source.file, `the record of ${describeKey(found)} fails its checksum`);
    const type = typeOf(found);
    if (type === keyType.version) versions.push(decodeVersion(found));
    else if (type === keyType.lease) leases.push(decodeLease(found));
    else state = checkState(source, decodeState(found));
  });
  if (state) return recovered(state.compacted, leases, versions, fresh);
  if (versions.length + leases.length === 0) return undefined;
  throw new CorruptStore(source.file, 'it has records but no state');
}

/** A dropped version is compacted, so the last revision is that of the last version, or the compacted one. */
function recovered(
  compacted: Revision,
  leases: readonly LeaseChange[],
  versions: readonly RecoveredVersion[],
  fresh: Revision,
): Recovered {
  const last = versions.at(-1)?.revision ?? noRevision;
  const revision = Math.max(last, compacted, fresh) as Revision;
  return { revision, compacted, leases, versions };
}

function checkState({ file, sizeBytes }: PageSource, state: State): State {
  const { format, fileBytes } = state;
  if (format !== formatVersion)
    throw new CorruptStore(file, `it has format ${format}; this version reads ${formatVersion}`);
  if (sizeBytes < fileBytes)
    throw new CorruptStore(file, `it is cut short: it has ${sizeBytes} of ${fileBytes} bytes`);
  return state;
}
