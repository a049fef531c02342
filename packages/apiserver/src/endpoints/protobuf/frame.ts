/**
 * Watches in protobuf: each frame is its length in four bytes, the highest first, and a message WatchEvent, in which the object is in
 * its own envelope. Source: k8s.io/apimachinery/pkg/runtime/serializer/protobuf and pkg/util/framer.
 */
import { newWriter, tagOf, wireTypes } from '@navarch/codec/protobuf/wire';
import type { WatchFrame } from '../../request/request.ts';
import type { WatchOptions } from '../../watch-cache/watcher.ts';
import type { Call } from '../call.ts';
import { encodeEntries, encodeObject } from './encode.ts';

const { delimited } = wireTypes;
const lengthBytes = 4;

/** How this watch's frames are written. The state it begins with is encoded before it begins, as far as it is kept. */
export async function prepareFrames(
  call: Call,
  { start, selection, presentation }: WatchOptions,
): Promise<(frame: WatchFrame) => Uint8Array> {
  const { stored } = call.resource;
  const cache = stored.storage?.cache;
  if (cache && start.kind === 'state' && presentation === stored.presentation) {
    await encodeEntries(call, cache.select(selection));
  }
  const encode = (frame: WatchFrame): Uint8Array =>
    frameOf(frame.type, encodeObject(frame.object, cache?.encodings));
  return (frame) => frame.encoded(encode);
}

function frameOf(type: WatchFrame['type'], object: Uint8Array): Uint8Array {
  const writer = newWriter();
  writer.uint32(tagOf(1, delimited)).string(type);
  writer.uint32(tagOf(2, delimited)).fork();
  writer.uint32(tagOf(1, delimited)).bytes(object);
  writer.ldelim();
  const message = writer.finish();
  const frame = Buffer.allocUnsafe(lengthBytes + message.length);
  frame.writeUInt32BE(message.length);
  frame.set(message, lengthBytes);
  return frame;
}
